// Says once that this story was read: when it was in view for some seconds. Only the story's address is sent, nothing is kept here,
// and nothing is said for who asks not to be counted.

const ENOUGH = 5000;
const story = document.querySelector("[data-read]");
const [arrival] = performance.getEntriesByType("navigation");
const again = arrival && (arrival.type === "reload" || arrival.type === "back_forward");
const declined = navigator.globalPrivacyControl || navigator.doNotTrack === "1" || navigator.webdriver;

if (story && !again && !declined) {
  let seen = 0, since = 0, timer = 0;
  const told = ["visibilitychange", "prerenderingchange"];

  const say = () => {
    for (const name of told) document.removeEventListener(name, look);
    // Without the desk's cookie; it arrives even when the page is left at this moment.
    fetch(story.dataset.read, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {});
  };
  const look = () => {
    clearTimeout(timer);
    if (since) seen += performance.now() - since;
    since = 0;
    if (document.visibilityState !== "visible" || document.prerendering) return;
    since = performance.now();
    timer = setTimeout(say, Math.max(0, ENOUGH - seen));
  };
  for (const name of told) document.addEventListener(name, look);
  look();
}
