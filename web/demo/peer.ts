// One RTCPeerConnection to one life of the other side, by "perfect negotiation":
// either side may offer at any time, and where two offers meet, the polite side
// takes its own back. https://www.w3.org/TR/webrtc/#perfect-negotiation-example

import type { Letter } from './letters.js';

/** Candidates found within this many milliseconds travel together. */
const GATHER = 60;

export interface PeerPorts {
  send(letter: Letter): void;
  /** What the other side sends, once there is some. */
  stream(stream: MediaStream): void;
  changed(state: RTCPeerConnectionState): void;
}

export class Peer {
  private readonly connection: RTCPeerConnection;
  private readonly arriving = new MediaStream();
  private offering = false;
  private ignoring = false;
  private met = false;
  private found: RTCIceCandidateInit[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The impolite side makes the first offer. `video`: also ask for a picture if there is none to send. */
  constructor(private readonly polite: boolean, iceServers: RTCIceServer[], mine: MediaStream, video: boolean, private readonly on: PeerPorts) {
    const connection = (this.connection = new RTCPeerConnection({ iceServers }));
    connection.onnegotiationneeded = () => void this.offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.gather(candidate.toJSON());
    connection.onconnectionstatechange = () => on.changed(connection.connectionState);
    connection.oniceconnectionstatechange = () => connection.iceConnectionState === 'failed' && connection.restartIce();
    connection.ontrack = ({ track }) => {
      this.arriving.addTrack(track);
      on.stream(this.arriving);
    };
    for (const track of mine.getTracks()) connection.addTrack(track, mine);
    if (polite) return;
    if (!mine.getAudioTracks().length) connection.addTransceiver('audio', { direction: 'recvonly' });
    if (video && !mine.getVideoTracks().length) connection.addTransceiver('video', { direction: 'recvonly' });
  }

  /** picture sends this camera from now on, or none. */
  async picture(camera: MediaStreamTrack | undefined, mine: MediaStream): Promise<void> {
    const sender = this.connection.getTransceivers().find(({ sender, receiver, direction }) =>
      sender.track?.kind === 'video' || (receiver.track.kind === 'video' && /send/.test(direction)))?.sender;
    if (sender) await sender.replaceTrack(camera ?? null);
    else if (camera) this.connection.addTrack(camera, mine);
  }

  /** again sends once more the offer that may have been lost. */
  again(): void {
    const { signalingState, localDescription } = this.connection;
    if (signalingState === 'have-local-offer' && localDescription) this.on.send({ description: localDescription.toJSON() });
  }

  async hear(letter: Letter): Promise<void> {
    try {
      if ('description' in letter) await this.described(letter.description);
      else if ('candidates' in letter) for (const candidate of letter.candidates) await this.candidate(candidate);
    } catch (error) {
      console.warn('media:', error);
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.connection.onconnectionstatechange = null;
    this.connection.close();
  }

  private async offer(): Promise<void> {
    if (this.polite && !this.met) return; // the first offer is the other side's
    try {
      this.offering = true;
      await this.connection.setLocalDescription();
      this.tell();
    } catch (error) {
      console.warn('media:', error);
    } finally {
      this.offering = false;
    }
  }

  private async described(description: RTCSessionDescriptionInit): Promise<void> {
    const { connection } = this;
    const offer = description.type === 'offer';
    const collision = offer && (this.offering || connection.signalingState !== 'stable');
    this.ignoring = collision && !this.polite;
    if (this.ignoring) return;
    if (!offer && connection.signalingState !== 'have-local-offer') return; // answered already
    this.met = true;
    await connection.setRemoteDescription(description);
    if (!offer) return;
    await connection.setLocalDescription();
    this.tell();
  }

  private async candidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.ignoring) throw error;
    }
  }

  private tell(): void {
    const { localDescription } = this.connection;
    if (localDescription) this.on.send({ description: localDescription.toJSON() });
  }

  private gather(candidate: RTCIceCandidateInit): void {
    this.found.push(candidate);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const candidates = this.found.splice(0);
      this.on.send({ candidates });
    }, GATHER);
  }
}
