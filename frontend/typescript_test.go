package frontend

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/petadesa/petadesa/internal/needs"
)

// TestTypes checks the TypeScript sources with tsc, fetching it by npm ci when
// it is not there. Without npm the test is skipped, but in CI it fails.
func TestTypes(t *testing.T) {
	tsc := filepath.Join("node_modules", ".bin", "tsc")
	if _, err := os.Stat(tsc); err != nil {
		if out, err := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund").CombinedOutput(); err != nil {
			needs.Missing(t, "npm ci: %v\n%s", err, out)
		}
	}
	if out, err := exec.CommandContext(t.Context(), tsc, "--noEmit").CombinedOutput(); err != nil {
		t.Errorf("tsc: %v\n%s", err, out)
	}
}
