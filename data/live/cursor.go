package live

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"

	"github.com/petadesa/petadesa/data"
)

// cursor is where a page begins. Keys of views need not be unique: it counts
// the features with this key that were given.
type cursor struct {
	Key   string `json:"k"`
	Given int    `json:"n"`
}

func (c cursor) String() string {
	text, _ := json.Marshal(c) // a text and a number are always written
	return base64.RawURLEncoding.EncodeToString(text)
}

// parseCursor reads Page.Next; nil is the beginning.
func parseCursor(after string) (*cursor, error) {
	if after == "" {
		return nil, nil
	}
	var c cursor
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.Given < 1 || c.Given > math.MaxInt32 {
		return nil, fmt.Errorf("%w: the cursor is not of this source", data.ErrInvalid)
	}
	return &c, nil
}
