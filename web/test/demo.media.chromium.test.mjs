// The demo page's sound and picture: tabs of one Chromium with fake devices, a real
// relay, which BECKON_TEST_URL names. BECKON_LONG=1 adds what takes longer.

import './demo/media.mjs';
import './demo/rooms.mjs';
import './demo/lan.mjs';

if (process.env.BECKON_LONG) await import('./demo/dialects.mjs');
