// Package greet says hello.
package greet

// Hello greets the one with that name.
func Hello(name string) string {
	return "Hello, " + name
}
