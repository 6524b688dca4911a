// Plays a stream (HTTP Live Streaming) in browsers that cannot by themselves. Loaded by
// boot.js when a reader asks for such a film, and published only with stories that have
// one. The film asks by events, so that the app needs to know nothing of the library:
// `dateline:levels` tells it the heights in `film.levels`, lowest first; `dateline:level`
// chooses the one in `film.level`; `dateline:end` ends it all; `error` is the end.
import Hls from "hls.js/light";

/** Seconds kept behind the place that is played: phones have little room. */
const KEPT = 60;

export function play(film) {
  if (!Hls.isSupported()) throw new Error("no media source");
  const hls = new Hls({
    // A worker would be a script from a blob, which the site's policy forbids.
    enableWorker: false,
    // Where the reader was, or the beginning.
    startPosition: film.currentTime || -1,
    // Who saves data gets the smallest picture until another is chosen, the others none
    // that is larger than the place it is shown in.
    startLevel: film.saver ? 0 : -1,
    capLevelToPlayerSize: !film.saver,
    backBufferLength: KEPT,
  });
  const choose = () => (hls.currentLevel = film.level);
  const end = () => {
    film.removeEventListener("dateline:level", choose);
    hls.destroy();
  };
  // The library lets the element begin anew, which would then ask for the file that its
  // markup names: from where the reader has gone to, it is not even there.
  const leave = () => {
    for (const source of film.querySelectorAll("source")) source.remove();
    end();
  };
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    film.levels = hls.levels.map(({ height, bitrate }) => (height ? `${height}p` : `${Math.round(bitrate / 1000)} kbit/s`));
    film.dispatchEvent(new Event("dateline:levels"));
    // The reader has asked for it already; a browser that wants to be asked again has its button.
    film.play().catch(() => {});
  });
  hls.on(Hls.Events.ERROR, (_, { fatal }) => {
    if (!fatal) return;
    end();
    film.dispatchEvent(new Event("error"));
  });
  film.addEventListener("dateline:level", choose);
  film.addEventListener("dateline:end", leave, { once: true });
  hls.loadSource(film.stream);
  // Afterwards: a source that is loaded takes every limit away.
  if (film.saver) hls.autoLevelCapping = 0;
  hls.attachMedia(film);
}
