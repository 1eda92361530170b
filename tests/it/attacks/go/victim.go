package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// victim is a program of the user's: it holds secrets in every way there is, offers services, and tells on its output
// where all that is and whatever happens to it. Its arguments: the secrets' common beginning, a folder for sockets.
func victim(a []string) error {
	secret, folder := a[0], a[1]
	said := make(chan string, 1000)
	go func() {
		for line := range said {
			fmt.Println(line)
		}
	}()
	tell := func(name string, value any) { said <- fmt.Sprintf("%s=%v", name, value) }
	event := func(what string) { said <- "event " + what }
	go hearSignals(event)
	if err := serve(secret, folder, tell, event); err != nil {
		return err
	}
	memory := []byte(secret + "-in-memory")
	tell("addr", fmt.Sprintf("%#x", uintptr(unsafe.Pointer(&memory[0]))))
	kept := hold(secret, folder, tell)
	importance, _, _ := syscall.Syscall(sysIoprioSet+1, 1, uintptr(os.Getpid()), 0)
	said <- "ready"
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		time.Sleep(20 * time.Millisecond)
		if string(memory) != secret+"-in-memory" {
			event("its memory was written")
		}
		if now, _, _ := syscall.Syscall(sysIoprioSet+1, 1, uintptr(os.Getpid()), 0); now != importance {
			event("its importance to the disk was changed")
		}
		if kept.segment != nil && !strings.HasPrefix(string(kept.segment), secret) {
			event("its segment was written")
		}
		if kept.semaphores > 0 {
			if n, _, _ := syscall.Syscall6(syscall.SYS_SEMCTL, kept.semaphores, 0, 12, 0, 0, 0); n != 1 {
				event("its semaphore was taken")
			}
		}
		said <- "synced " + lines.Text()
	}
	return nil
}

func hearSignals(event func(string)) {
	signals := make(chan os.Signal, 100)
	signal.Notify(signals, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGWINCH, syscall.SIGIO)
	for got := range signals {
		event("signal " + got.String())
	}
}

func serve(secret, folder string, tell func(string, any), event func(string)) error {
	for _, place := range [][3]string{
		{"tcp", "tcp", "127.0.0.1:0"}, {"unix", "unix", filepath.Join(folder, "agent.sock")}, {"abstract", "unix", "@" + filepath.Base(folder) + "-x11"},
	} {
		listener, err := net.Listen(place[1], place[2])
		if err != nil {
			return err
		}
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		tell(place[0], map[bool]string{true: port, false: place[2]}[place[0] == "tcp"])
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				event("a connection by " + place[0])
				_, _ = conn.Write([]byte(secret + "-by-" + place[0] + "\n"))
			}
		}()
	}
	for _, place := range [][3]string{{"udp", "udp4", "127.0.0.1:0"}, {"unixgram", "unixgram", filepath.Join(folder, "log.sock")}} {
		conn, err := net.ListenPacket(place[1], place[2])
		if err != nil {
			return err
		}
		_, port, _ := net.SplitHostPort(conn.LocalAddr().String())
		tell(place[0], map[bool]string{true: port, false: place[2]}[place[0] == "udp"])
		go func() {
			for {
				_, from, err := conn.ReadFrom(make([]byte, 64))
				if err != nil {
					return
				}
				event("a datagram by " + place[0])
				if from != nil && place[0] == "udp" {
					_, _ = conn.WriteTo([]byte(secret+"-by-udp"), from)
				}
			}
		}()
	}
	return nil
}

// held is what the system keeps for the victim, which may be changed behind its back.
type held struct {
	segment    []byte
	semaphores uintptr
}

func hold(secret, folder string, tell func(string, any)) held {
	var kept held
	if id, _, errno := syscall.Syscall(syscall.SYS_SHMGET, 0, 4096, 0o1600); errno == 0 {
		tell("shm", id)
		kept.segment, _ = attach(fmt.Sprint(id))
		copy(kept.segment, secret+"-in-a-segment")
	}
	if id, _, errno := syscall.Syscall(syscall.SYS_MSGGET, 0, 0o1600, 0); errno == 0 {
		tell("msg", id)
		var buffer [80]byte
		buffer[0] = 1
		n := copy(buffer[8:], secret+"-in-a-message")
		syscall.Syscall6(syscall.SYS_MSGSND, id, uintptr(unsafe.Pointer(&buffer)), uintptr(n), 0, 0, 0)
	}
	if id, _, errno := syscall.Syscall(syscall.SYS_SEMGET, 0, 1, 0o1600); errno == 0 {
		tell("sem", id)
		operation := [3]int16{0, 1, 0}
		syscall.Syscall(syscall.SYS_SEMOP, id, uintptr(unsafe.Pointer(&operation)), 1)
		kept.semaphores = id
	}
	holdQueue(secret, folder, tell)
	holdKey(secret, folder, tell)
	holdFiles(secret, folder, tell)
	return kept
}

// forget gives back what the system kept for a victim that has ended.
func forget(a []string) error {
	for i, control := range [][2]uintptr{{syscall.SYS_SHMCTL, 0}, {syscall.SYS_MSGCTL, 0}, {syscall.SYS_SEMCTL, 0}} {
		if a[i] != "" && control[0] == syscall.SYS_SEMCTL {
			syscall.Syscall6(control[0], uintptr(number(a[i])), 0, 0, 0, 0, 0)
		} else if a[i] != "" {
			syscall.Syscall(control[0], uintptr(number(a[i])), 0, 0)
		}
	}
	if path, err := syscall.BytePtrFromString(a[3]); err == nil {
		syscall.Syscall(sysMqOpen+1, uintptr(unsafe.Pointer(path)), 0, 0)
	}
	if a[4] != "" {
		ring := -4
		syscall.Syscall6(syscall.SYS_KEYCTL, 9, uintptr(number(a[4])), uintptr(ring), 0, 0, 0)
	}
	return nil
}

func holdQueue(secret, folder string, tell func(string, any)) {
	name := filepath.Base(folder)
	path, _ := syscall.BytePtrFromString(name)
	attr := [8]int64{0, 4, 8192}
	fd, _, errno := syscall.Syscall6(sysMqOpen, uintptr(unsafe.Pointer(path)), syscall.O_RDWR|syscall.O_CREAT, 0o600, uintptr(unsafe.Pointer(&attr)), 0, 0)
	if errno != 0 {
		return
	}
	data := []byte(secret + "-in-a-queue")
	syscall.Syscall6(sysMqSend, fd, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)), 0, 0, 0)
	tell("mq", name)
}

// holdKey keeps a key where all of the user's programs may read it.
func holdKey(secret, folder string, tell func(string, any)) {
	kind, _ := syscall.BytePtrFromString("user")
	name, _ := syscall.BytePtrFromString(filepath.Base(folder))
	data := []byte(secret + "-in-a-key")
	ring := -4
	serial, _, errno := syscall.Syscall6(syscall.SYS_ADD_KEY, uintptr(unsafe.Pointer(kind)), uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)), uintptr(ring), 0)
	if errno != 0 {
		return
	}
	syscall.Syscall6(syscall.SYS_KEYCTL, 5, serial, 0x3f3f3f3f, 0, 0, 0)
	tell("key", serial)
}

// holdFiles opens a file that has no name any more, and tells the number by which the other one can be opened.
func holdFiles(secret, folder string, tell func(string, any)) {
	path := filepath.Join(folder, "unnamed")
	if file, err := os.Create(path); err == nil {
		_, _ = file.WriteString(secret + "-in-an-open-file")
		_ = os.Remove(path)
		tell("fd", file.Fd())
		open = append(open, file)
	}
	name, _ := syscall.BytePtrFromString(filepath.Join(folder, "home", ".ssh", "id_ed25519"))
	var handle [128]byte
	handle[0] = 120
	var mount int32
	at := -100
	_, _, errno := syscall.Syscall6(sysHandle, uintptr(at), uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&handle)), uintptr(unsafe.Pointer(&mount)), 0, 0)
	if errno == 0 {
		tell("handle", fmt.Sprintf("%x", handle[:8+int(handle[0])]))
	}
}

var open []*os.File
