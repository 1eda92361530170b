//go:build !amd64

package main

import "errors"

func int80() error { return errors.New("not this processor") }
