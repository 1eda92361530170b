package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

// Every bomb has an end of its own, above what is allowed and far below what would hurt this machine.
const mega = 1 << 20

var _ = group(map[string]attack{
	"bomb-fork":      bombFork,
	"bomb-leaf":      func([]string) error { time.Sleep(4 * time.Second); return nil },
	"bomb-threads":   bombThreads,
	"bomb-heap":      func(a []string) error { return bombHeap(number(a[0])) },
	"bomb-recursion": func([]string) error { debug.SetMaxStack(4 << 30); fmt.Println(deeper(0)); return nil },
	"bomb-shared":    bombShared,
	"bomb-many":      bombMany,
	"bomb-shm":       func([]string) error { return fill("/dev/shm/haveago-bomb", 700) },
	"bomb-tmp":       func([]string) error { return fill(filepath.Join(os.TempDir(), "haveago-bomb"), 700) },
	"bomb-file":      func([]string) error { return fill("bomb", 700) },
	"bomb-files":     bombFiles,
	"bomb-unlinked":  bombUnlinked,
	"bomb-allocated": func([]string) error { return bombAllocated(false) },
	"bomb-mapped":    func([]string) error { return bombAllocated(true) },
	"bomb-inodes":    bombInodes,
	"bomb-depth":     bombDepth,
	"bomb-fds":       bombFds,
	"bomb-output":    bombOutput,
	"bomb-procs-die": bombProcsDie,
})

// linger gives a guard that looks now and then the time to look.
func linger(what ...any) {
	time.Sleep(3 * time.Second)
	power(append([]any{"was left in peace with"}, what...)...)
}

func bombFork(a []string) error {
	var started int
	for range 900 {
		command := exec.Command(os.Args[0], "bomb-leaf", a[0])
		if err := command.Start(); err != nil {
			fmt.Println("refused after", started, err)
			return err
		}
		started++
	}
	power("has started", started, "processes")
	return nil
}

func bombProcsDie(a []string) error {
	for range 100_000 {
		_ = exec.Command(os.Args[0], "nothing", a[0]).Run()
	}
	power("was never stopped")
	return nil
}

func bombThreads([]string) error {
	debug.SetMaxThreads(20_000)
	for range 3_000 {
		go func() {
			var ends [2]int
			_ = syscall.Pipe(ends[:])
			_, _ = syscall.Read(ends[0], make([]byte, 1))
		}()
	}
	linger("3,000 threads")
	return nil
}

func bombHeap(limit int) error {
	var all [][]byte
	for range limit / 16 {
		all = append(all, bytes.Repeat([]byte("x"), 16*mega))
	}
	linger(len(all)*16, "MiB of heap")
	return nil
}

func deeper(n int) int {
	var space [1024]byte
	if n > 1_500_000 {
		return int(space[n%1024])
	}
	return deeper(n+1) + int(space[n%1024])
}

// bombShared takes memory that no limit of a process counts.
func bombShared([]string) error {
	memory, err := syscall.Mmap(-1, 0, 1800*mega, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED|syscall.MAP_ANON)
	if err != nil {
		return err
	}
	for i := 0; i < len(memory); i += 4096 {
		memory[i] = 1
	}
	linger("1,800 MiB of shared memory")
	return nil
}

func bombMany(a []string) error {
	for range 8 {
		if err := exec.Command(os.Args[0], "bomb-heap", "240", a[0]).Start(); err != nil {
			return err
		}
	}
	time.Sleep(4 * time.Second)
	linger("1,920 MiB of heap in eight processes")
	return nil
}

func fill(path string, megas int) error {
	defer os.Remove(path)
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	block := bytes.Repeat([]byte("x"), mega)
	for range megas {
		if _, err := file.Write(block); err != nil {
			return err
		}
	}
	linger(megas, "MiB in", path)
	return nil
}

func bombFiles([]string) error {
	block := bytes.Repeat([]byte("x"), 20*mega)
	for i := range 40 {
		if err := os.WriteFile(fmt.Sprintf("bomb-%d", i), block, 0o644); err != nil {
			return err
		}
	}
	linger("800 MiB in 40 files")
	return nil
}

func bombUnlinked([]string) error {
	block := bytes.Repeat([]byte("x"), 20*mega)
	for i := range 40 {
		file, err := os.Create(fmt.Sprintf("bomb-%d", i))
		if err != nil {
			return err
		}
		kept = append(kept, file)
		err = errors.Join(os.Remove(file.Name()), write(file, block))
		if err != nil {
			return err
		}
	}
	linger("800 MiB in files without a name")
	return nil
}

// bombAllocated takes the disk without writing a byte, in files that nothing names; or that nothing has open either.
func bombAllocated(mapped bool) error {
	for i := range 40 {
		file, err := os.Create(fmt.Sprintf("bomb-%d", i))
		if err != nil {
			return err
		}
		number := int(file.Fd())
		err = errors.Join(os.Remove(file.Name()), syscall.Fallocate(number, 0, 0, 20*mega))
		if err == nil && mapped {
			_, err = syscall.Mmap(number, 0, 20*mega, syscall.PROT_READ, syscall.MAP_SHARED)
			err = errors.Join(err, file.Close())
		} else {
			kept = append(kept, file)
		}
		if err != nil {
			return err
		}
	}
	linger("800 MiB that were never written")
	return nil
}

// kept are open as long as the program runs.
var kept []*os.File

func write(file *os.File, block []byte) error {
	_, err := file.Write(block)
	return err
}

func bombInodes([]string) error {
	for i := range 30_000 {
		if err := os.WriteFile(fmt.Sprintf("inode-%d", i), nil, 0o644); err != nil {
			return err
		}
	}
	linger("30,000 files")
	return nil
}

func bombDepth([]string) error {
	for range 3_000 {
		if err := errors.Join(os.Mkdir("d", 0o755), os.Chdir("d")); err != nil {
			return err
		}
	}
	linger("3,000 folders in each other")
	return nil
}

func bombFds([]string) error {
	var limit syscall.Rlimit
	_ = syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit)
	limit.Cur = limit.Max
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
	for range 3_000 {
		if _, err := syscall.Open("/dev/null", syscall.O_RDONLY, 0); err != nil {
			return err
		}
	}
	power("has 3,000 files open")
	return nil
}

func bombOutput([]string) error {
	block := []byte(strings.Repeat("flood ", 10_000))
	for range 20_000 {
		if _, err := os.Stdout.Write(block); err != nil {
			return err
		}
	}
	power("has printed 1.2 GB")
	return nil
}
