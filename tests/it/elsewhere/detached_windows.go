package main

import "syscall"

// detached is a process group of its own, without the console of the first process.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{CreationFlags: 0x208} }
