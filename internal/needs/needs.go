// Package needs finds the programs that tests run beside our own. Where one is
// missing a test is skipped and says so; in CI, where make test has installed
// them all, it fails. Only tests import it.
package needs

import (
	"os"
	"os/exec"
	"testing"
)

// GDAL is the path of one of GDAL's programs.
func GDAL(t testing.TB, program string) string {
	t.Helper()
	return Program(t, program, "apt-get install gdal-bin")
}

// Program is the path of a program; remedy says how it is installed.
func Program(t testing.TB, name, remedy string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Missing(t, "%s is not installed: %s", name, remedy)
	}
	return path
}

// File is the path itself of a file that must be there.
func File(t testing.TB, path, remedy string) string {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		Missing(t, "%v: %s", err, remedy)
	}
	return path
}

// Missing ends the test: skipped, or failed in CI.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if OnCI() {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// OnCI reports whether nothing may be missing.
func OnCI() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false"
}
