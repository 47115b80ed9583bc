// A Chromium with fake devices that nobody has to allow.

import { chromium } from 'playwright-core';

/** launchChromium starts the system's Chromium, or the one that CHROMIUM names. */
export const launchChromium = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
      '--use-fake-device-for-media-stream=fps=12', '--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection',
    ],
  });
