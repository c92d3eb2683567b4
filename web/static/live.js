// Only while somebody edits content/ (GUIDE_LIVE_RELOAD=on): loads the page anew when a word has changed.

const EVERY = 1000; // milliseconds; an editor who saves a file looks up about then

async function release() {
  try {
    return (await (await fetch("/chat/health")).json()).release;
  } catch {
    return undefined; // the guide starts again; the next look will tell
  }
}

const shown = document.querySelector("meta[name=release]").content;
setInterval(async () => {
  const now = await release();
  if (now && now !== shown) location.reload();
}, EVERY);
