package main

// Numbers of system calls that the standard library does not name.
const (
	sysHandle       = 303
	sysOpenByHandle = 304
	sysVMRead       = 310
	sysVMWrite      = 311
	sysMemfd        = 319
	sysBpf          = 321
	sysUserfaultfd  = 323
	sysIoprioSet    = 251
	sysMqOpen       = 240
	sysMqSend       = 242
	sysMqReceive    = 243
)
