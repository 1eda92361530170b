package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

var _ = group(map[string]attack{
	"write":         func(a []string) error { return os.WriteFile(a[0], []byte("pwned\n"), 0o644) },
	"append":        appendTo,
	"temporary":     func(a []string) error { return os.WriteFile(os.TempDir()+"/haveago-"+a[0], []byte(a[0]), 0o644) },
	"truncate":      func(a []string) error { return os.Truncate(a[0], 1) },
	"remove":        func(a []string) error { return os.Remove(a[0]) },
	"rename":        func(a []string) error { return os.Rename(a[0], a[1]) },
	"rename-self":   renameSelf,
	"through-link":  throughLink,
	"through-dir":   throughDir,
	"hard-link":     hardLink,
	"hard-link-fd":  hardLinkFd,
	"flags":         flags,
	"listxattr":     listxattr,
	"chmod":         func(a []string) error { return os.Chmod(a[0], 0o777) },
	"chmod-o-path":  chmodOPath,
	"fchmodat2":     fchmodat2,
	"fchmod":        fchmod,
	"chown":         func(a []string) error { return os.Lchown(a[0], os.Getuid(), os.Getgid()) },
	"utimes":        func(a []string) error { return os.Chtimes(a[0], time.Unix(1, 0), time.Unix(1, 0)) },
	"futimens":      futimens,
	"setxattr":      func(a []string) error { return syscall.Setxattr(a[0], "user.pwned", []byte("yes"), 0) },
	"mkdir":         func(a []string) error { return os.Mkdir(a[0], 0o777) },
	"symlink":       func(a []string) error { return os.Symlink("/etc/passwd", a[0]) },
	"mkfifo":        func(a []string) error { return syscall.Mkfifo(a[0], 0o666) },
	"mknod":         func(a []string) error { return syscall.Mknod(a[0], syscall.S_IFCHR|0o666, 1<<8|3) },
	"set-uid-file":  setUIDFile,
	"set-uid-open":  setUIDOpen,
	"sparse":        sparse,
	"fallocate":     allocate,
	"read":          func(a []string) error { return leak(os.ReadFile(a[0])) },
	"read-relative": readRelative,
	"read-openat2":  readOpenat2,
	"list":          list,
	"stat":          stat,
	"readlink":      func(a []string) error { l, err := os.Readlink(a[0]); return leak([]byte(l), err) },
	"getxattr":      getxattr,
	"watch":         watch,
	"flock":         flock,
	"bind-write":    bindWrite,
	"mount": func(a []string) error {
		_ = os.Mkdir(a[0], 0o755)
		return syscall.Mount("x", a[0], "tmpfs", 0, "size=64k")
	},
	"new-mount": newMount,
	"uncover":   uncover,
	"handle":    byHandle,
	"devices":   devices,
	"pts":       func(a []string) error { return onTerminal(a[0], false) },
	"tiocsti":   func(a []string) error { return onTerminal(a[0], true) },
	"tty":       func(a []string) error { return os.WriteFile("/dev/tty", []byte("\x1b]0;"+a[0]+"\a"), 0) },
})

func appendTo(a []string) error {
	file, err := os.OpenFile(a[0], os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString("pwned\n")
	return err
}

func renameSelf([]string) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	return errors.Join(os.Rename(dir, dir+"-moved"), os.RemoveAll(dir+"-moved"))
}

func throughLink(a []string) error {
	_ = os.Symlink(a[0], "innocent.txt")
	return os.WriteFile("innocent.txt", []byte("pwned\n"), 0o644)
}

func throughDir(a []string) error {
	_ = os.Symlink(a[0], "folder")
	return os.WriteFile("folder/pwned", []byte("pwned\n"), 0o644)
}

func hardLink(a []string) error {
	if err := os.Link(a[0], "mine.txt"); err != nil {
		return err
	}
	return leak(os.ReadFile("mine.txt"))
}

const oPath = 0x200000

// hardLinkFd gives a name here to a file that it may not open, but may point at.
func hardLinkFd(a []string) error {
	fd, err := syscall.Open(a[0], oPath, 0)
	if err != nil {
		return err
	}
	nothing, _ := syscall.BytePtrFromString("")
	name, _ := syscall.BytePtrFromString("mine.txt")
	here := -100
	_, _, errno := syscall.Syscall6(syscall.SYS_LINKAT, uintptr(fd), uintptr(unsafe.Pointer(nothing)), uintptr(here), uintptr(unsafe.Pointer(name)), 0x1000, 0)
	if errno != 0 {
		return errno
	}
	return leak(os.ReadFile("mine.txt"))
}

// flags sets one of those that a file has besides its rights, by a file that is open to be read only.
func flags(a []string) error {
	fd, err := syscall.Open(a[0], syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	var flags uint64
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), 0x80086601, uintptr(unsafe.Pointer(&flags))); errno != 0 {
		return errno
	}
	flags ^= 0x40 // not to be dumped
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), 0x40086602, uintptr(unsafe.Pointer(&flags)))
	return fault(errno)
}

func listxattr(a []string) error {
	data := make([]byte, 1024)
	n, err := syscall.Listxattr(a[0], data)
	return leak(data[:max(n, 0)], err)
}

func chmodOPath(a []string) error {
	fd, err := syscall.Open(a[0], oPath, 0)
	if err != nil {
		return err
	}
	return syscall.Chmod(fmt.Sprintf("/proc/self/fd/%d", fd), 0o777)
}

func fchmodat2(a []string) error {
	path, _ := syscall.BytePtrFromString(a[0])
	at := -100
	_, _, errno := syscall.Syscall6(452, uintptr(at), uintptr(unsafe.Pointer(path)), 0o777, 0x100, 0, 0)
	return fault(errno)
}

func fchmod(a []string) error {
	fd, err := syscall.Open(a[0], syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	return syscall.Fchmod(fd, 0o777)
}

func futimens(a []string) error {
	fd, err := syscall.Open(a[0], syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	times := [4]int64{1, 0, 1, 0}
	_, _, errno := syscall.Syscall6(syscall.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(&times)), 0, 0, 0)
	return fault(errno)
}

func setUIDFile([]string) error {
	if err := os.WriteFile("open-door", []byte("#!/bin/sh\n"), 0o755); err != nil {
		return err
	}
	return os.Chmod("open-door", 0o755|os.ModeSetuid|os.ModeSetgid)
}

// setUIDOpen needs no chmod.
func setUIDOpen([]string) error {
	syscall.Umask(0)
	_, err := syscall.Open("open-door", syscall.O_CREAT|syscall.O_WRONLY, 0o6755)
	return err
}

func sparse([]string) error {
	file, err := os.Create("sparse")
	if err != nil {
		return err
	}
	return file.Truncate(1 << 40)
}

func allocate([]string) error {
	file, err := os.Create("full")
	if err != nil {
		return err
	}
	return syscall.Fallocate(int(file.Fd()), 0, 0, 4<<30)
}

// readRelative climbs as high as paths go, then down again.
func readRelative(a []string) error {
	return leak(os.ReadFile(strings.Repeat("../", 64) + strings.TrimPrefix(a[0], "/")))
}

// readOpenat2 starts at the root of whatever process can be seen.
func readOpenat2(a []string) error {
	path, _ := syscall.BytePtrFromString(a[0])
	how := [3]uint64{syscall.O_RDONLY, 0, 0x10} // RESOLVE_IN_ROOT
	root, err := syscall.Open("/", oPath, 0)
	if err != nil {
		return err
	}
	fd, _, errno := syscall.Syscall6(437, uintptr(root), uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&how)), 24, 0, 0)
	if errno != 0 {
		return errno
	}
	return leak(readFd(int(fd)))
}

func readFd(fd int) ([]byte, error) {
	data := make([]byte, 4096)
	n, err := syscall.Pread(fd, data, 0)
	return data[:max(n, 0)], err
}

func list(a []string) error {
	entries, err := os.ReadDir(a[0])
	for _, entry := range entries {
		_ = leak([]byte(entry.Name()), nil)
	}
	return err
}

func stat(a []string) error {
	info, err := os.Stat(a[0])
	if err == nil {
		_ = leak(fmt.Appendf(nil, "size %d", info.Size()), nil)
	}
	return err
}

func getxattr(a []string) error {
	data := make([]byte, 256)
	n, err := syscall.Getxattr(a[0], "user.secret", data)
	return leak(data[:max(n, 0)], err)
}

// watch learns the names of what the user opens and makes.
func watch(a []string) error {
	fd, err := syscall.InotifyInit()
	if err != nil {
		return err
	}
	if _, err := syscall.InotifyAddWatch(fd, a[0], syscall.IN_ALL_EVENTS); err != nil {
		return err
	}
	time.AfterFunc(time.Second, func() { os.Exit(1) })
	data := make([]byte, 4096)
	for {
		n, err := syscall.Read(fd, data)
		if err != nil {
			return err
		}
		_ = leak(data[:n], nil)
	}
}

// flock keeps others from a file.
func flock(a []string) error {
	fd, err := syscall.Open(a[0], syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	if err := syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return err
	}
	power("holds a lock on a file of the user's")
	return nil
}

// bindWrite makes a read-only folder writable by a new mount of it.
func bindWrite(a []string) error {
	if err := os.WriteFile(filepath.Join(a[0], "pwned"), nil, 0o644); err == nil {
		return nil
	}
	flags := uintptr(syscall.MS_REMOUNT | syscall.MS_BIND)
	err := errors.Join(syscall.Mount("", a[0], "", flags, ""), syscall.Mount("", "/", "", flags, ""))
	return errors.Join(err, os.WriteFile(filepath.Join(a[0], "pwned"), nil, 0o644))
}

func newMount([]string) error {
	kind, _ := syscall.BytePtrFromString("tmpfs")
	fd, _, errno := syscall.Syscall(430, uintptr(unsafe.Pointer(kind)), 0, 0) // fsopen
	if errno != 0 {
		return errno
	}
	power("fsopen gave", fd)
	return nil
}

// uncover takes away what hides the user's files. It is not for a place where they are in sight.
func uncover(a []string) error {
	if _, err := os.Stat(a[0]); err == nil {
		return errors.New("nothing hides it")
	}
	for _, place := range []string{"/tmp", "/home", "/root", "/proc", "/dev", "/"} {
		if syscall.Unmount(place, 2) == nil {
			power("unmounted", place)
		}
	}
	return leak(os.ReadFile(a[0]))
}

// byHandle opens a file that has no name here, by the number that its file system gave it.
func byHandle(a []string) error {
	handle := unhex(a[0])
	here, err := syscall.Open(".", syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	fd, _, errno := syscall.Syscall(sysOpenByHandle, uintptr(here), uintptr(unsafe.Pointer(&handle[0])), 0)
	if errno != 0 {
		return errno
	}
	return leak(readFd(int(fd)))
}

func devices([]string) error {
	for _, name := range []string{"vda", "sda", "nvme0n1", "loop0", "mem", "kmsg", "kvm", "fuse", "vsock", "net/tun", "tty0"} {
		fd, err := syscall.Open("/dev/"+name, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
		if err == nil {
			power("opened the device", name)
			syscall.Close(fd)
		}
	}
	return nil
}

// onTerminal writes to a terminal of the user's, or types into it.
func onTerminal(a string, typing bool) error {
	path, word, _ := strings.Cut(a, "=")
	if typing {
		_, _ = syscall.Setsid()
	}
	fd, err := syscall.Open(path, syscall.O_RDWR, 0)
	if err != nil {
		return err
	}
	if !typing {
		_, err = syscall.Write(fd, []byte(word))
		return err
	}
	for i := range len(word) {
		letter := word[i]
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), 0x5412, uintptr(unsafe.Pointer(&letter))); errno != 0 {
			return errno
		}
	}
	time.Sleep(100 * time.Millisecond)
	return nil
}
