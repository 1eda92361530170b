package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"
	"unsafe"
)

const mptcp = 262

var _ = group(map[string]attack{
	"dial":         func(a []string) error { return dial(a[0], a[1]) },
	"dial-mptcp":   func(a []string) error { return dialRaw(mptcp, a[0], false) },
	"dial-fast":    func(a []string) error { return dialRaw(0, a[0], true) },
	"dial-split":   func(a []string) error { return dialSplit(a[0]) },
	"datagram":     datagram,
	"pair":         func(a []string) error { return pair(a[0], false) },
	"pair-connect": func(a []string) error { return pair(a[0], true) },
	"listen":       func(a []string) error { return listen(a[0], false) },
	"listen-mptcp": func(a []string) error { return listen(a[0], true) },
	"listen-udp":   listenUDP,
	"raw-socket":   func([]string) error { return openSocket(syscall.AF_INET, syscall.SOCK_RAW, syscall.IPPROTO_ICMP) },
	"packets":      func([]string) error { return openSocket(syscall.AF_PACKET, syscall.SOCK_RAW, 0) },
	"vsock":        func([]string) error { return openSocket(40, syscall.SOCK_STREAM, 0) },
	"alg":          func([]string) error { return openSocket(38, syscall.SOCK_SEQPACKET, 0) },
	"netlink":      func([]string) error { return openSocket(syscall.AF_NETLINK, syscall.SOCK_RAW, 9) },
	"interfaces":   interfaces,
	"lookup":       lookup,
})

func dial(network, address string) error {
	conn, err := net.DialTimeout(network, address, time.Second)
	if err != nil {
		return err
	}
	return talk(conn)
}

func talk(conn net.Conn) error {
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	if _, err := conn.Write([]byte("pwned\n")); err != nil {
		return err
	}
	data := make([]byte, 256)
	n, err := conn.Read(data)
	return leak(data[:n], err)
}

// dialRaw goes around the ways that are commonly watched: another protocol, or data without a connect.
func dialRaw(protocol int, port string, fast bool) error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, protocol)
	if err != nil {
		return err
	}
	to := &syscall.SockaddrInet4{Port: number(port), Addr: [4]byte{127, 0, 0, 1}}
	if fast {
		err = syscall.Sendto(fd, []byte("pwned\n"), 0x20000000, to)
	} else if err = syscall.Connect(fd, to); err == nil {
		_, err = syscall.Write(fd, []byte("pwned\n"))
	}
	if err != nil {
		return err
	}
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &syscall.Timeval{Sec: 1})
	data := make([]byte, 256)
	n, err := syscall.Read(fd, data)
	return leak(data[:max(n, 0)], err)
}

// dialSplit asks by IPv6 for an address of IPv4.
func dialSplit(port string) error {
	fd, err := syscall.Socket(syscall.AF_INET6, syscall.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	to := &syscall.SockaddrInet6{Port: number(port), Addr: [16]byte{10: 255, 11: 255, 12: 127, 15: 1}}
	if err := syscall.Connect(fd, to); err != nil {
		return err
	}
	conn, err := net.FileConn(os.NewFile(uintptr(fd), ""))
	if err != nil {
		return err
	}
	return talk(conn)
}

func datagram(a []string) error {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	return syscall.Sendto(fd, []byte("pwned"), 0, &syscall.SockaddrUnix{Name: a[0]})
}

// pair comes to a socket by a call that makes two, which are meant for each other only.
func pair(path string, connect bool) error {
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	to := &syscall.SockaddrUnix{Name: path}
	if !connect {
		return syscall.Sendto(pair[0], []byte("pwned"), 0, to)
	}
	if err := syscall.Connect(pair[0], to); err != nil {
		return err
	}
	_, err = syscall.Write(pair[0], []byte("pwned"))
	return err
}

func listen(port string, multi bool) error {
	var config net.ListenConfig
	config.SetMultipathTCP(multi)
	listener, err := config.Listen(context.Background(), "tcp", "0.0.0.0:"+port)
	if err != nil {
		return err
	}
	time.AfterFunc(1500*time.Millisecond, func() { listener.Close() })
	conn, err := listener.Accept()
	if err != nil {
		return err
	}
	_, err = io.WriteString(conn, "served by the attacker\n")
	time.Sleep(100 * time.Millisecond)
	return err
}

func listenUDP(a []string) error {
	conn, err := net.ListenPacket("udp4", "0.0.0.0:"+a[0])
	if err != nil {
		return err
	}
	_ = conn.SetDeadline(time.Now().Add(1500 * time.Millisecond))
	_, from, err := conn.ReadFrom(make([]byte, 64))
	if err != nil {
		return err
	}
	_, err = conn.WriteTo([]byte("served by the attacker\n"), from)
	return err
}

func openSocket(family, kind, protocol int) error {
	fd, err := syscall.Socket(family, kind, protocol)
	if err == nil {
		power("has a socket of family", family, "as", fd)
	}
	return err
}

func interfaces([]string) error {
	all, err := net.Interfaces()
	for _, one := range all {
		if one.Name != "lo" {
			power("sees the network", one.Name, one.HardwareAddr)
		}
	}
	return err
}

// lookup asks the server that the test has put there for the name.
func lookup(a []string) error {
	resolver := net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, "udp", a[0])
	}}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := resolver.LookupHost(ctx, "secret.example.com")
	return err
}

func bytesOf[T any](value *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(value)), unsafe.Sizeof(*value))
}

func unhex(text string) []byte {
	var data []byte
	for i := 0; i+1 < len(text); i += 2 {
		var value byte
		_, _ = fmt.Sscanf(text[i:i+2], "%02x", &value)
		data = append(data, value)
	}
	return data
}
