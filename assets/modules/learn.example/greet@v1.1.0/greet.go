// Package greet says hello and goodbye.
package greet

import "strings"

// Hello greets the one with that name.
func Hello(name string) string {
	return "Hello, " + name
}

// Goodbye takes leave of the one with that name.
func Goodbye(name string) string {
	return "Goodbye, " + name
}

// Shout says it in capital letters.
func Shout(text string) string {
	return strings.ToUpper(text)
}
