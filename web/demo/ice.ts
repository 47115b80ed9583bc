// Which servers help two pages to reach each other: the relay may say so in a
// beckon.json beside the page. Without it, pages on one network find each other.

export interface Settings {
  iceServers: RTCIceServer[];
}

let asked: Promise<Settings> | undefined;

/** settings reads beckon.json, once. */
export function settings(): Promise<Settings> {
  return (asked ??= read());
}

async function read(): Promise<Settings> {
  try {
    const answer = await fetch('./beckon.json');
    const { iceServers } = (answer.ok ? await answer.json() : {}) as Partial<Settings>;
    return { iceServers: Array.isArray(iceServers) ? iceServers : [] };
  } catch {
    return { iceServers: [] };
  }
}
