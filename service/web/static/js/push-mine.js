// A browser that gets the pushes of somebody who used it before takes them no more.

/** Where the service worker of pushes stands: it looks after no page but that of the wishes. */
export const SCOPE = "/account/notices";

/** Whether this browser's pushes are the reader's; those of somebody else are ended. */
export async function isMine(registration) {
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return false;
  const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
  const answer = await fetch("/account/notices/browsers/mine", {
    method: "POST",
    body: new URLSearchParams({ endpoint: subscription.endpoint }),
    headers: { ...headers, Accept: "application/json" },
  });
  if (!answer.ok) return false;
  const { mine } = await answer.json();
  if (!mine) await subscription.unsubscribe();
  return mine;
}

// Somebody has just signed in, perhaps not who was here before.
async function lookAfterSigningIn() {
  if (!document.referrer.startsWith(`${location.origin}/sign-in`)) return;
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
  if (registration?.pushManager) await isMine(registration);
}

lookAfterSigningIn();
