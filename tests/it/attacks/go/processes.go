package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

var _ = group(map[string]attack{
	"proc":            func(a []string) error { return leak(os.ReadFile("/proc/" + a[0] + "/" + a[1])) },
	"proc-mem":        procMem,
	"proc-fd":         procFd,
	"proc-list":       procList,
	"proc-roots":      procRoots,
	"proc-oom":        func(a []string) error { return os.WriteFile("/proc/"+a[0]+"/oom_score_adj", []byte("777"), 0) },
	"environment":     func([]string) error { return leak([]byte(strings.Join(os.Environ(), "\n")), nil) },
	"descriptors":     descriptors,
	"write-all":       writeAll,
	"signal":          func(a []string) error { return syscall.Kill(number(a[0]), syscall.Signal(number(a[1]))) },
	"signal-all":      signalAll,
	"signal-thread":   signalThread,
	"signal-queue":    signalQueue,
	"signal-pidfd":    signalPidfd,
	"signal-owner":    signalOwner,
	"kill-parent":     killParent,
	"kill-one":        killOne,
	"ptrace":          ptrace,
	"vm-read":         vmRead,
	"vm-write":        vmWrite,
	"pidfd-getfd":     pidfdGetfd,
	"prlimit":         prlimit,
	"renice":          func(a []string) error { return syscall.Setpriority(syscall.PRIO_PROCESS, number(a[0]), 15) },
	"renice-all":      reniceAll,
	"affinity":        affinity,
	"scheduler":       scheduler,
	"ioprio":          ioprio,
	"set-namespace":   setNamespace,
	"replace-program": replaceProgram,
	"program-by-exe":  programByExe,
	"who":             who,
})

func fault(errno syscall.Errno) error {
	if errno != 0 {
		return errno
	}
	return nil
}

func procMem(a []string) error {
	file, err := os.Open("/proc/" + a[0] + "/mem")
	if err != nil {
		return err
	}
	data := make([]byte, 64)
	n, err := file.ReadAt(data, int64(number(a[1])))
	return leak(data[:n], err)
}

func procFd(a []string) error {
	links, err := filepath.Glob("/proc/" + a[0] + "/fd/*")
	for _, link := range links {
		if info, err := os.Stat(link); err == nil && info.Mode().IsRegular() {
			_ = leak(os.ReadFile(link))
		}
	}
	return err
}

func pids() []int {
	names, _ := filepath.Glob("/proc/[0-9]*")
	var found []int
	for _, name := range names {
		if pid, err := strconv.Atoi(filepath.Base(name)); err == nil {
			found = append(found, pid)
		}
	}
	return found
}

func procList([]string) error {
	for _, pid := range pids() {
		// What others have in their arguments is none of the tests' business.
		line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if bytes.Contains(line, []byte("hush")) {
			_ = leak(line, err)
		}
	}
	return nil
}

// procRoots looks at the file through the eyes of every process there is.
func procRoots(a []string) error {
	for _, pid := range pids() {
		for _, place := range []string{"root", "cwd/" + strings.Repeat("../", 32)} {
			_ = leak(os.ReadFile(fmt.Sprintf("/proc/%d/%s/%s", pid, place, a[0])))
		}
	}
	return nil
}

// descriptors reads whatever was left open for it.
func descriptors([]string) error {
	for fd := 3; fd < 100; fd++ {
		if data, err := readFd(fd); err == nil {
			_ = leak(data, nil)
		}
	}
	return nil
}

func writeAll([]string) error {
	for fd := 3; fd < 100; fd++ {
		_, _ = syscall.Write(fd, []byte(`{"exit":0,"dir":"/","env":[["FORGED","1"]],"leave":true}`))
		_, _ = syscall.Pwrite(fd, []byte("pwned"), 0)
	}
	return nil
}

// signalAll signals every process there is, if it has seen that the victim is beyond its reach; and it uses a signal
// that does nothing to those who have not asked for it.
func signalAll(a []string) error {
	if syscall.Kill(number(a[0]), 0) == nil {
		power("the victim is in reach of a signal to all")
		return nil
	}
	return syscall.Kill(-1, syscall.SIGWINCH)
}

func signalThread(a []string) error {
	pid := uintptr(number(a[0]))
	_, _, errno := syscall.RawSyscall(syscall.SYS_TGKILL, pid, pid, uintptr(syscall.SIGUSR1))
	return fault(errno)
}

func signalQueue(a []string) error {
	info := [16]uint64{uint64(syscall.SIGUSR1), 0xffffffff} // SI_QUEUE is -1
	_, _, errno := syscall.RawSyscall(syscall.SYS_RT_SIGQUEUEINFO, uintptr(number(a[0])), uintptr(syscall.SIGUSR1), uintptr(unsafe.Pointer(&info)))
	return fault(errno)
}

func pidfd(pid string) (uintptr, error) {
	fd, _, errno := syscall.Syscall(434, uintptr(number(pid)), 0, 0)
	return fd, fault(errno)
}

func signalPidfd(a []string) error {
	fd, err := pidfd(a[0])
	if err != nil {
		return err
	}
	_, _, errno := syscall.Syscall6(424, fd, uintptr(syscall.SIGUSR1), 0, 0, 0, 0)
	return fault(errno)
}

// signalOwner has the kernel send the signal: the victim is made the owner of a pipe in which something happens.
func signalOwner(a []string) error {
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		return err
	}
	for _, call := range [][2]uintptr{{8, uintptr(number(a[0]))}, {10, uintptr(syscall.SIGUSR1)}, {4, syscall.O_ASYNC | syscall.O_NONBLOCK}} {
		if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, uintptr(ends[0]), call[0], call[1]); errno != 0 {
			return errno
		}
	}
	_, err := syscall.Write(ends[1], []byte("x"))
	return err
}

// killParent ends what started it, once something is in place that is to stay behind.
func killParent(a []string) error {
	if err := detach("stay", a[0]); err != nil {
		return err
	}
	return killHelpers()
}

// killOne is not for a place where the first process is the system's.
func killOne(a []string) error {
	if err := syscall.Kill(number(a[0]), 0); !errors.Is(err, syscall.ESRCH) {
		return errors.New("not tried where the system's own could be hit")
	}
	return errors.Join(syscall.Kill(1, syscall.SIGKILL), syscall.Kill(1, syscall.SIGSTOP))
}

func ptrace(a []string) error {
	runtime.LockOSThread()
	pid := number(a[0])
	if err := syscall.PtraceAttach(pid); err != nil {
		return err
	}
	defer func() { _ = syscall.PtraceDetach(pid) }()
	if _, err := syscall.Wait4(pid, nil, 0x40000000, nil); err != nil {
		return err
	}
	data := make([]byte, 64)
	n, err := syscall.PtracePeekData(pid, uintptr(number(a[1])), data)
	return leak(data[:n], err)
}

type iovec struct {
	base uintptr
	size uint64
}

func vm(call uintptr, a []string, data []byte) error {
	local := iovec{uintptr(unsafe.Pointer(&data[0])), uint64(len(data))}
	remote := iovec{uintptr(number(a[1])), uint64(len(data))}
	_, _, errno := syscall.Syscall6(call, uintptr(number(a[0])), uintptr(unsafe.Pointer(&local)), 1, uintptr(unsafe.Pointer(&remote)), 1, 0)
	runtime.KeepAlive(data)
	return fault(errno)
}

func vmRead(a []string) error {
	data := make([]byte, 64)
	err := vm(sysVMRead, a, data)
	return leak(bytes.TrimRight(data, "\x00"), err)
}

func vmWrite(a []string) error { return vm(sysVMWrite, a, []byte("pwned")) }

func pidfdGetfd(a []string) error {
	fd, err := pidfd(a[0])
	if err != nil {
		return err
	}
	got, _, errno := syscall.Syscall(438, fd, uintptr(number(a[1])), 0)
	if errno != 0 {
		return errno
	}
	return leak(readFd(int(got)))
}

func prlimit(a []string) error {
	limit := [2]uint64{77, 1000}
	_, _, errno := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(number(a[0])), syscall.RLIMIT_NOFILE, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	return fault(errno)
}

func affinity(a []string) error {
	mask := [16]uint64{1}
	_, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, uintptr(number(a[0])), 128, uintptr(unsafe.Pointer(&mask)))
	return fault(errno)
}

func scheduler(a []string) error {
	var priority int32
	_, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETSCHEDULER, uintptr(number(a[0])), 3, uintptr(unsafe.Pointer(&priority)))
	return fault(errno)
}

func ioprio(a []string) error {
	_, _, errno := syscall.RawSyscall(sysIoprioSet, 1, uintptr(number(a[0])), 3<<13)
	return fault(errno)
}

// setNamespace goes where the victim is.
func setNamespace(a []string) error {
	runtime.LockOSThread()
	file, err := os.Open("/proc/" + a[0] + "/ns/net")
	if err != nil {
		return err
	}
	_, _, errno := syscall.Syscall(308, file.Fd(), 0, 0)
	if errno == 0 {
		power("is in the victim's network")
	}
	return fault(errno)
}

// replaceProgram puts its own text where the helper's program is.
func replaceProgram(a []string) error {
	beside := a[0] + ".new"
	if err := os.WriteFile(beside, []byte("#!/bin/sh\necho pwned\n"), 0o755); err != nil {
		return err
	}
	return os.Rename(beside, a[0])
}

// programByExe reaches for the programs behind all processes, of which the helper's is to be changed.
func programByExe(a []string) error {
	for _, pid := range pids() {
		path, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", pid))
		if err != nil || path != a[0] {
			continue
		}
		fd, err := syscall.Open(fmt.Sprintf("/proc/%d/exe", pid), oPath, 0)
		if err != nil {
			continue
		}
		_ = syscall.Chmod(fmt.Sprintf("/proc/self/fd/%d", fd), 0o777)
		file, err := os.OpenFile(fmt.Sprintf("/proc/%d/exe", pid), os.O_WRONLY, 0)
		if err == nil {
			_, _ = file.WriteString("pwned")
		}
	}
	return nil
}

// detach starts this program again, in a session of its own, with nobody to wait for it.
func detach(args ...string) error {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	command := exec.Command(self, args...)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return err
	}
	time.Sleep(50 * time.Millisecond)
	return nil
}

// who is started from a file that lends the rights of its owner.
func who([]string) error {
	if os.Geteuid() != os.Getuid() {
		power("is user", os.Getuid(), "with the rights of", os.Geteuid())
	}
	return nil
}

// reniceAll makes all of the user's programs wait, if the victim is out of reach of signals, and by next to nothing.
func reniceAll(a []string) error {
	if syscall.Kill(number(a[0]), 0) == nil {
		power("the victim is in reach of a call to all")
		return nil
	}
	return syscall.Setpriority(syscall.PRIO_USER, 0, 1)
}
