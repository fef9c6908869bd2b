//go:build !race

package siting

const raced = false
