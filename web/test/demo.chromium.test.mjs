// The demo page, driven as people would: tabs of one Chromium, a real relay.
// The relay that serves the page is named by BECKON_TEST_URL. BECKON_LONG=1 adds
// what takes longer.

import './demo/calls.mjs';
import './demo/media.mjs';
import './demo/rooms.mjs';
import './demo/page.mjs';
import './demo/pictures.mjs';

if (process.env.BECKON_LONG) {
  await import('./demo/axe.mjs');
  await import('./demo/dialects.mjs');
}
