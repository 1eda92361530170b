// An attacker: what it does is its first argument. It ends with 1 when it could not.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

func main() {
	what, argument := os.Args[1], ""
	if len(os.Args) > 2 {
		argument = os.Args[2]
	}
	if err := attack(what, argument); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func attack(what, argument string) error {
	switch what {
	case "hello":
		fmt.Println("hello from inside")
	case "read":
		text, err := os.ReadFile(argument)
		fmt.Print(string(text))
		return err
	case "write":
		return os.WriteFile(argument, []byte("bad\n"), 0o644)
	case "connect":
		conn, err := net.DialTimeout("tcp", "127.0.0.1:"+argument, 3*time.Second)
		if err == nil {
			fmt.Println("reached")
			conn.Close()
		}
		return err
	case "daemon":
		return daemon(argument == "stay")
	case "beat":
		// Two minutes at most: whatever goes wrong, it does not beat for ever.
		for range 6000 {
			if _, err := os.Stat("stop"); err == nil {
				return nil
			}
			file, err := os.OpenFile("beats", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
			if err == nil {
				file.WriteString("x")
				file.Close()
			}
			time.Sleep(20 * time.Millisecond)
		}
	case "memory":
		var all [][]byte
		for range 64 {
			block := make([]byte, 16<<20)
			for i := 0; i < len(block); i += 512 {
				block[i] = 1
			}
			all = append(all, block)
			time.Sleep(20 * time.Millisecond)
		}
		time.Sleep(3 * time.Second)
		fmt.Println(len(all))
	case "spin":
		for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		}
	case "fill":
		for i := range 40 {
			if err := os.WriteFile(fmt.Sprintf("out/f%d", i), make([]byte, 5<<20), 0o644); err != nil {
				return err
			}
			time.Sleep(20 * time.Millisecond)
		}
		time.Sleep(5 * time.Second)
	case "files":
		for i := range 400 {
			if err := os.WriteFile(fmt.Sprintf("out/g%d", i), nil, 0o644); err != nil {
				return err
			}
		}
		time.Sleep(5 * time.Second)
	}
	return nil
}

// daemon starts a second process that takes no notice of the first, and waits until it beats.
func daemon(stay bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	child := exec.Command(self, "beat")
	child.SysProcAttr = detached()
	if err := child.Start(); err != nil {
		return err
	}
	for range 500 {
		if info, err := os.Stat("beats"); err == nil && info.Size() > 5 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if stay {
		time.Sleep(time.Minute)
	}
	return nil
}
