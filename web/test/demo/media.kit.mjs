// What arrived of sound and picture, by the browser's own count.

/** arrivals runs in a page before its own scripts: then the page's arrived() says what its connections received. */
export function arrivals() {
  const made = [];
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(...options) {
      super(...options);
      made.push(this);
    }
  };
  globalThis.arrived = async () => {
    let [frames, packets] = [0, 0];
    for (const connection of made.filter(({ connectionState }) => connectionState !== 'closed')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'video') frames += report.framesDecoded;
        else packets += report.packetsReceived;
      }
    }
    return { frames, packets };
  };
}

/** counting prepares a tab for seen and heard. */
export const counting = (page) => page.addInitScript(arrivals);

const grows = (page, what) =>
  page.evaluate(async (name) => {
    const before = (await globalThis.arrived())[name];
    while ((await globalThis.arrived())[name] <= before + 5) await new Promise((resolve) => setTimeout(resolve, 100));
  }, what);
export const seen = (...pages) => Promise.all(pages.map((page) => grows(page, 'frames')));
export const heard = (...pages) => Promise.all(pages.map((page) => grows(page, 'packets')));
