package geo

import (
	"crypto/sha256"
	"encoding/hex"
)

// FeatureTag names the content of feature i: it differs when any property, the
// geometry or the id does. It is the same as that of the record it was built of.
func FeatureTag(l *Layer, i int) string { return tagOf(AppendFeatureJSON(nil, l, i, nil)) }

// RecordTag is FeatureTag of a record; nil, which is no feature, has "none".
func RecordTag(c *Collection, r *Record) string {
	if r == nil {
		return NoTag
	}
	return tagOf(AppendRecordJSON(nil, c, r))
}

// NoTag is the tag of no feature.
const NoTag = "none"

func tagOf(json []byte) string {
	sum := sha256.Sum256(json)
	return hex.EncodeToString(sum[:12])
}
