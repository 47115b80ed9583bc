// The demo page, driven as people would: tabs of one Chromium, a real relay.
// The relay that serves the page is named by BECKON_TEST_URL.

import './demo/calls.mjs';
import './demo/media.mjs';
import './demo/rooms.mjs';
import './demo/page.mjs';
import './demo/pictures.mjs';
import './demo/axe.mjs';
import './demo/dialects.mjs';
