package main

// Numbers of system calls that the standard library does not name.
const (
	sysHandle       = 264
	sysOpenByHandle = 265
	sysVMRead       = 270
	sysVMWrite      = 271
	sysMemfd        = 279
	sysBpf          = 280
	sysUserfaultfd  = 282
	sysIoprioSet    = 30
	sysMqOpen       = 180
	sysMqSend       = 182
	sysMqReceive    = 183
)
