// Shout prints its arguments in capital letters.
package main

import (
	"fmt"
	"os"
	"strings"

	"learn.example/greet"
)

func main() {
	fmt.Println(greet.Shout(strings.Join(os.Args[1:], " ")))
}
