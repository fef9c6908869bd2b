package storetest

import (
	"testing"
)

// Run runs the whole suite.
func Run(t *testing.T, target Target) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Target)
	}{
		{"Empty", testEmpty},
		{"NastyRoundTrip", testNasty},
		{"RandomRoundTrip", testRandom},
		{"Canonical", testCanonical},
		{"Replace", testReplace},
		{"Append", testAppend},
		{"Upsert", testUpsert},
		{"AddFields", testAddFields},
		{"Contradictions", testContradictions},
		{"NothingChangesWhenItFails", testFailure},
		{"SeveralBatches", testSeveralBatches},
		{"LoadSome", testLoadSome},
		{"Drop", testDrop},
		{"Large", testLarge},
		{"Reopen", testReopen},
		{"Cancel", testCancel},
		{"ConcurrentWriters", testConcurrentWriters},
		{"LoadIsOfOneMoment", testConsistentLoad},
		{"Watch", testWatch},
		{"WatchEnds", testWatchEnds},
		{"Edit", testEdit},
		{"EditNasty", testEditNasty},
		{"EditRace", testEditRace},
		{"EditIsTold", testEditIsTold},
		{"History", testHistory},
		{"Undo", testUndo},
		{"Documents", testDocuments},
		{"DocumentPages", testDocumentPages},
		{"DocumentRace", testDocumentRace},
		{"DocumentsAreNotTold", testDocumentsAreNotTold},
		{"Tokens", testTokens},
		{"Rasters", testRasters},
		{"RasterFailure", testRasterFailure},
		{"RasterWatch", testRasterWatch},
		{"Killed", testKilled},
		{"KilledWhileEditing", testKilledWhileEditing},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, target) })
	}
}
