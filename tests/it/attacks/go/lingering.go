package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
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

const forged = `{"exit":0,"dir":"/","env":[["FORGED","1"]],"leave":true}`

// forge writes the outcome that the helper is to write, and ends the helper before it can.
func forge([]string) error {
	var errs []error
	var letters []string
	if line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", os.Getppid())); err == nil {
		for _, word := range splitZero(line) {
			letters = append(letters, word)
		}
	}
	for _, letter := range letters {
		if _, err := os.Stat(filepath.Join(letter, "request.json")); err == nil {
			errs = append(errs, os.WriteFile(filepath.Join(letter, "outcome.json"), []byte(forged), 0o600))
		}
	}
	return errors.Join(append(errs, syscall.Kill(os.Getppid(), syscall.SIGKILL))...)
}

// thenForge says the same on every stream that it finds open in the helper.
func thenForge([]string) error {
	links, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", os.Getppid()))
	for _, link := range links {
		if file, err := os.OpenFile(link, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil && filepath.Base(link) > "2" {
			_, _ = file.WriteString(forged)
		}
	}
	return nil
}

func splitZero(line []byte) []string {
	var words []string
	start := 0
	for i, letter := range line {
		if letter == 0 {
			words, start = append(words, string(line[start:i])), i+1
		}
	}
	return words
}
