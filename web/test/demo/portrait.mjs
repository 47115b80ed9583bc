// A camera for pictures of the page: somebody at a window, drawn, instead of the browser's test card.

/** portrait prepares a tab; whom its camera sees goes by the account in the address. */
export const portrait = (page) => page.addInitScript(draw);

function draw() {
  const account = new URLSearchParams(location.search).get('account') ?? '';
  const looks = {
    ada: { wall: ['#f2c9a1', '#c9796b'], skin: '#8d5a3c', hair: '#2a1a16', coat: '#7a2f4f' },
    bob: { wall: ['#a9cfd8', '#4d7f95'], skin: '#f0c8a6', hair: '#8a4b22', coat: '#23495c' },
    cleo: { wall: ['#c8d8a8', '#6d9163'], skin: '#c78d64', hair: '#3b2a44', coat: '#3f5a2f' },
  };
  const look = looks[account] ?? looks.ada;
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 400 });
  const ink = canvas.getContext('2d');
  const shape = (color, path) => {
    ink.fillStyle = color;
    ink.beginPath();
    path();
    ink.fill();
  };
  let frame = 0;
  const paint = () => {
    const sway = Math.sin(frame++ / 9) * 3;
    const wall = ink.createLinearGradient(0, 0, 640, 400);
    look.wall.forEach((color, i) => wall.addColorStop(i, color));
    shape(wall, () => ink.rect(0, 0, 640, 400));
    shape('rgb(255 255 255 / 35%)', () => ink.roundRect(40, 30, 150, 200, 8));
    shape('rgb(255 255 255 / 30%)', () => ink.rect(112, 30, 6, 200));
    shape('rgb(255 255 255 / 30%)', () => ink.rect(40, 124, 150, 6));
    const x = 340 + sway;
    shape(look.hair, () => ink.ellipse(x, 172, 82, 98, 0, 0, 7));
    shape(look.coat, () => ink.ellipse(x, 430, 178, 140, 0, 0, 7));
    shape(look.skin, () => ink.roundRect(x - 28, 230, 56, 84, 26));
    shape(look.skin, () => ink.ellipse(x, 190, 62, 76, 0, 0, 7));
    shape(look.hair, () => ink.ellipse(x, 130, 66, 38, 0, 0, 7));
    for (const side of [-24, 24]) shape('#1d1512', () => ink.ellipse(x + side, 192, 5, 6, 0, 0, 7));
    ink.strokeStyle = '#1d1512';
    ink.lineWidth = 4;
    ink.lineCap = 'round';
    ink.beginPath();
    ink.arc(x, 214, 22, 0.45, Math.PI - 0.45);
    ink.stroke();
  };
  paint();
  setInterval(paint, 100);
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (wanted) {
    const given = await getUserMedia.call(this, wanted);
    const [camera] = given.getVideoTracks();
    if (!camera) return given;
    camera.stop();
    return new MediaStream([...given.getAudioTracks(), ...canvas.captureStream(12).getVideoTracks()]);
  };
}
