package nim_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var booleans = []string{"channelInValid", "needPush", "needBadge"}

// assertFlat checks what section 5 says of all events: flat, all strings but the
// documented booleans, attach as JSON text.
func assertFlat(t *testing.T, text string) map[string]any {
	t.Helper()
	var event map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &event), text)
	for name, value := range event {
		if _, boolean := value.(bool); boolean {
			assert.Contains(t, booleans, name)
		} else {
			assert.IsType(t, "", value, name)
		}
	}
	for _, name := range []string{"type", "channelId", "channelCreateTime", "channelExpireTime", "from", "attach", "time", "msgid", "eventType"} {
		assert.NotEmpty(t, event[name], name)
	}
	require.True(t, json.Valid([]byte(event["attach"].(string))), "attach is JSON text")
	return event
}
