// A vendor's push service cannot be reached by tests: this browser subscribes at `standIn` instead.
// Everything after that is as always: the page, the service, its encryption, the service worker.

const kept = {
  get: () => sessionStorage.getItem("subscribed"),
  set: (value) => sessionStorage.setItem("subscribed", value),
  clear: () => sessionStorage.removeItem("subscribed"),
};
const subscription = {
  endpoint: globalThis.standIn.endpoint,
  getKey: (name) =>
    new Uint8Array(name === "auth" ? globalThis.standIn.secret : globalThis.standIn.key).buffer,
  unsubscribe: async () => kept.clear(),
};
if (globalThis.PushManager) {
  PushManager.prototype.subscribe = async () => {
    kept.set("yes");
    return subscription;
  };
  PushManager.prototype.getSubscription = async () => (kept.get() ? subscription : null);
}
