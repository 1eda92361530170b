package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Nothing that stays behind does so for longer than this, whatever happens to the tests.
const patience = 20 * time.Second

var _ = group(map[string]attack{
	"stay": func([]string) error {
		signal.Ignore(syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT)
		time.Sleep(patience)
		return nil
	},
	"daemon":        func(a []string) error { return detach("daemon-middle", a[0]) },
	"daemon-middle": func(a []string) error { return detach("stay", a[0]) },
	"new-group":     newGroup,
	"hold":          func(a []string) error { return withOutput("stay", a[0]) },
	"spin":          func([]string) error { return spin() },
	"spin-detached": func(a []string) error { return detach("spin", a[0]) },
	"stubborn":      stubborn,
	"late":          late,
	"then-forge":    thenForge,
	"forge":         forge,
	"thread-child":  threadChild,
})

// newGroup stays in the session, and leaves its group.
func newGroup(a []string) error {
	self := os.Args[0]
	_, err := syscall.ForkExec(self, []string{self, "stay", a[0]}, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Setpgid: true}})
	return err
}

// withOutput starts this program again, detached, with the output that its reader waits for the end of.
func withOutput(args ...string) error {
	self := os.Args[0]
	_, err := syscall.ForkExec(self, append([]string{self}, args...), &syscall.ProcAttr{
		Files: []uintptr{0, 1, 2},
		Sys:   &syscall.SysProcAttr{Setsid: true},
	})
	return err
}

func spin() error {
	for range 2 {
		go func() {
			for {
			}
		}()
	}
	time.Sleep(patience)
	return nil
}

// stubborn will hear of no signal.
func stubborn(a []string) error {
	signal.Ignore()
	if err := detach("stay", a[0]); err != nil {
		return err
	}
	return spin()
}

// late starts new ones for as long as it is killed one by one.
func late(a []string) error {
	self := os.Args[0]
	for range 40 {
		_, err := syscall.ForkExec(self, []string{self, "stay", a[0]}, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Setsid: true}})
		if err != nil {
			return err
		}
	}
	return nil
}

// threadChild is a child whose parent is a thread that ends.
func threadChild(a []string) error {
	done := make(chan error)
	go func() {
		self := os.Args[0]
		_, err := syscall.ForkExec(self, []string{self, "stay", a[0]}, &syscall.ProcAttr{Sys: &syscall.SysProcAttr{Setpgid: true, Cloneflags: 0x8000}})
		done <- err
	}()
	return <-done
}

// What the helper would say at the end of a line, on its way from one half of it to the other and as a whole.
const (
	line   = `"exit":0,"dir":"/","env":[["FORGED","1"]],"leave":true`
	forged = "{" + line + `,"outcome":{` + line + `},"stopped":null,"answers":[]}`
)

// helper is a process above it that runs its line.
type helper struct {
	pid       int
	arguments []string
}

// helpers are all of them, the one that watches over the others first.
func helpers() []helper {
	var found []helper
	for pid := os.Getppid(); pid > 1; {
		words, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		arguments := strings.Split(strings.TrimRight(string(words), "\x00"), "\x00")
		if err != nil || !slices.Contains(arguments, "__sandbox") {
			break
		}
		found = slices.Insert(found, 0, helper{pid, arguments})
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			break
		}
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')'):]))
		pid, _ = strconv.Atoi(fields[2])
	}
	return found
}

func killHelpers() error {
	all := helpers()
	if len(all) == 0 {
		all = []helper{{pid: os.Getppid()}}
	}
	var errs []error
	for _, one := range all {
		errs = append(errs, syscall.Kill(one.pid, syscall.SIGKILL))
	}
	return errors.Join(errs...)
}

// forge writes the outcome that the helper is to write, and ends the helper before it can.
func forge([]string) error {
	var errs []error
	for _, one := range helpers() {
		letter := one.arguments[len(one.arguments)-1]
		if _, err := os.Stat(filepath.Join(letter, "request.json")); err == nil {
			errs = append(errs, os.WriteFile(filepath.Join(letter, "outcome.json"), []byte(forged), 0o600))
		}
	}
	return errors.Join(append(errs, killHelpers())...)
}

// thenForge says it on every stream that it finds open in the process that has started it, and ends that.
func thenForge([]string) error {
	links, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", os.Getppid()))
	for _, link := range links {
		number, _ := strconv.Atoi(filepath.Base(link))
		if file, err := os.OpenFile(link, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil && number > 2 {
			_, _ = file.WriteString("{" + line + "}")
		}
	}
	return syscall.Kill(os.Getppid(), syscall.SIGKILL)
}
