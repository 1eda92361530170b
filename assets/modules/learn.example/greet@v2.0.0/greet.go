// Package greet says hello in the language of whom it greets.
package greet

// Hello greets the one with that name. The language is a code such as "de"; for one that it does not know it is English.
func Hello(language, name string) string {
	switch language {
	case "de":
		return "Hallo, " + name
	case "fr":
		return "Bonjour, " + name
	default:
		return "Hello, " + name
	}
}
