package main

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"
)

var _ = group(map[string]attack{
	"user-namespace": userNamespace,
	"in-namespace":   inNamespace,
	"unshare":        unshare,
	"clone3":         clone3,
	"io-uring":       ioUring,
	"memfd":          memfd,
	"memfd-secret":   memfdSecret,
	"userfaultfd":    userfaultfd,
	"bpf":            bpf,
	"perf":           perf,
	"fanotify":       fanotify,
	"key":            key,
	"shm-read":       shmRead,
	"shm-write":      shmWrite,
	"shm-own":        shmOwn,
	"message":        message,
	"semaphore":      semaphore,
	"mq":             mq,
	"host-name":      func([]string) error { return syscall.Sethostname([]byte("pwned")) },
	"kernel-log":     kernelLog,
	"keep-rights":    keepRights,
	"int-80":         func([]string) error { return int80() },
	"x32":            x32,
})

// call makes a system call whose result, a descriptor, is the proof that it is to be had.
func call(what string, number uintptr, a1, a2, a3, a4, a5 uintptr) error {
	got, _, errno := syscall.Syscall6(number, a1, a2, a3, a4, a5, 0)
	if errno != 0 {
		return errno
	}
	power(what, "gave", got)
	return nil
}

func userNamespace(a []string) error {
	command := exec.Command(os.Args[0], "in-namespace", a[0])
	command.Stdout = os.Stdout
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	return command.Run()
}

func inNamespace(a []string) error {
	_ = os.Mkdir(a[0], 0o755)
	err := syscall.Mount("x", a[0], "tmpfs", 0, "size=64k")
	if err == nil {
		power("has made itself master of a namespace and mounted in it")
	}
	return err
}

func unshare([]string) error {
	runtime.LockOSThread()
	err := syscall.Unshare(syscall.CLONE_NEWNS)
	err = errors.Join(err, syscall.Unshare(syscall.CLONE_NEWNET))
	if err == nil {
		power("has namespaces of its own")
	}
	return err
}

// clone3 hides its flags from filters that look at registers only.
func clone3([]string) error {
	args := [11]uint64{0: 0x10000000, 4: uint64(syscall.SIGCHLD)}
	pid, _, errno := syscall.RawSyscall(435, uintptr(unsafe.Pointer(&args)), 88, 0)
	if errno != 0 {
		return errno
	}
	if pid == 0 {
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
	}
	_, _ = syscall.Wait4(int(pid), nil, 0, nil)
	power("cloned into a user namespace")
	return nil
}

func ioUring([]string) error {
	var params [30]uint32
	return call("io_uring", 425, 4, uintptr(unsafe.Pointer(&params)), 0, 0, 0)
}

// memfd makes memory that belongs to no process.
func memfd([]string) error {
	name, _ := syscall.BytePtrFromString("x")
	return call("memfd", sysMemfd, uintptr(unsafe.Pointer(name)), 0, 0, 0, 0)
}

func memfdSecret([]string) error { return call("memfd_secret", 447, 0, 0, 0, 0, 0) }

func userfaultfd([]string) error { return call("userfaultfd", sysUserfaultfd, 0, 0, 0, 0, 0) }

func bpf([]string) error {
	attr := [32]uint32{2, 4, 4, 1} // an array of one number
	return call("bpf", sysBpf, 0, uintptr(unsafe.Pointer(&attr)), 128, 0, 0)
}

func perf([]string) error {
	attr := [32]uint32{1, 128} // a clock of software
	return call("perf", syscall.SYS_PERF_EVENT_OPEN, uintptr(unsafe.Pointer(&attr)), 0, ^uintptr(0), ^uintptr(0), 0)
}

func fanotify([]string) error { return call("fanotify", syscall.SYS_FANOTIFY_INIT, 0x200, 0, 0, 0, 0) }

func key(a []string) error {
	data := make([]byte, 256)
	n, _, errno := syscall.Syscall6(syscall.SYS_KEYCTL, 11, uintptr(number(a[0])), uintptr(unsafe.Pointer(&data[0])), 256, 0, 0)
	if errno != 0 {
		return errno
	}
	return leak(data[:min(int(n), 256)], nil)
}

func attach(id string) ([]byte, error) {
	at, _, errno := syscall.Syscall(syscall.SYS_SHMAT, uintptr(number(id)), 0, 0)
	if errno != 0 {
		return nil, errno
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), 64), nil
}

func shmRead(a []string) error { return leak(attach(a[0])) }

func shmWrite(a []string) error {
	memory, err := attach(a[0])
	if err == nil {
		copy(memory, "pwned")
	}
	return err
}

// shmOwn makes a segment that would outlive it.
func shmOwn([]string) error {
	id, _, errno := syscall.Syscall(syscall.SYS_SHMGET, 0, 4096, 0o1600)
	if errno != 0 {
		return errno
	}
	power("shmget gave", id)
	_, _, errno = syscall.Syscall(syscall.SYS_SHMCTL, id, 0, 0)
	return fault(errno)
}

func message(a []string) error {
	var buffer [80]byte
	n, _, errno := syscall.Syscall6(syscall.SYS_MSGRCV, uintptr(number(a[0])), uintptr(unsafe.Pointer(&buffer)), 64, 0, 0o4000, 0)
	if errno != 0 {
		return errno
	}
	return leak(buffer[8:8+min(int(n), 64)], nil)
}

// semaphore takes what the victim waits for.
func semaphore(a []string) error {
	operation := [3]int16{0, -1, 0o4000}
	_, _, errno := syscall.Syscall(syscall.SYS_SEMOP, uintptr(number(a[0])), uintptr(unsafe.Pointer(&operation)), 1)
	return fault(errno)
}

func mq(a []string) error {
	name, _ := syscall.BytePtrFromString(a[0])
	fd, _, errno := syscall.Syscall6(sysMqOpen, uintptr(unsafe.Pointer(name)), syscall.O_RDWR|syscall.O_NONBLOCK, 0, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	data := make([]byte, 8192)
	n, _, errno := syscall.Syscall6(sysMqReceive, fd, uintptr(unsafe.Pointer(&data[0])), 8192, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return leak(data[:min(int(n), 8192)], nil)
}

func kernelLog([]string) error {
	data := make([]byte, 1<<16)
	n, err := syscall.Klogctl(3, data)
	if n > 0 {
		power("has read", n, "bytes of the kernel's log")
	}
	return err
}

// keepRights looks for a capability that is left, and for a way to get one by a program that gives it.
func keepRights([]string) error {
	header := [2]uint32{0x20080522, 0}
	var data [6]uint32
	_, _, errno := syscall.RawSyscall(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data)), 0)
	if errno != 0 {
		return errno
	}
	if data[0]|data[1]|data[3]|data[4] != 0 {
		power("has capabilities", data)
	}
	privileges, _, _ := syscall.RawSyscall6(syscall.SYS_PRCTL, 39, 0, 0, 0, 0, 0)
	if privileges == 0 {
		power("may gain rights by programs")
	}
	return nil
}

// x32 asks for a memory descriptor by the numbers of another system of calls.
func x32([]string) error {
	if runtime.GOARCH != "amd64" {
		return errors.New("not this processor")
	}
	name, _ := syscall.BytePtrFromString("x")
	return call("x32", 0x40000000|sysMemfd, uintptr(unsafe.Pointer(name)), 0, 0, 0, 0)
}
