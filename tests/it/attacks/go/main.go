// Attackers is every attack of the suite in one program: the first argument says which. It tells what it has got
// ("leak: …", "power: …") or that the system refused; whether there was an effect is judged from outside.
package main

import (
	"fmt"
	"maps"
	"os"
	"strconv"
)

type attack func(args []string) error

var attacks = map[string]attack{"victim": victim, "forget": forget}

func group(more map[string]attack) bool {
	maps.Copy(attacks, more)
	return true
}

func main() {
	if len(os.Args) < 2 || attacks[os.Args[1]] == nil {
		fmt.Println("no such attack:", os.Args)
		os.Exit(2)
	}
	name := os.Args[1]
	if name != "victim" {
		fmt.Println("begin:", name)
	}
	if err := attacks[name](os.Args[2:]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

// number reads an argument of the test's making.
func number(text string) int {
	n, err := strconv.ParseUint(text, 0, 64)
	if err != nil {
		panic(err)
	}
	return int(n)
}

// leak shows what was read.
func leak(data []byte, err error) error {
	if len(data) > 0 {
		fmt.Printf("leak: %q\n", data)
	}
	return err
}

// power tells of something that only a success can come to.
func power(what ...any) {
	fmt.Println(append([]any{"power:"}, what...)...)
}
