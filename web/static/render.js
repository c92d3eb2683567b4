// Builds the parts of a message as elements; text only ever becomes text.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function entry(speaker, ...body) {
  const kind = speaker === "You" ? "you" : "guide";
  return element("li", { class: kind }, element("h2", {}, speaker), ...body);
}

export function messageBody(message) {
  const body = message.sentences.length ? [easyRead(message.sentences)] : blocks(message.text);
  if (message.contacts.length) body.push(element("div", { class: "contacts" }, ...message.contacts.map(contactLink)));
  return body;
}

function blocks(text) {
  const made = [];
  for (const line of text.split("\n").map((part) => part.trim()).filter(Boolean)) {
    const last = made.at(-1);
    if (!line.startsWith("- ")) made.push(element("p", {}, line));
    else if (last?.tagName === "UL") last.append(element("li", {}, line.slice(2)));
    else made.push(element("ul", {}, element("li", {}, line.slice(2))));
  }
  return made;
}

function easyRead(sentences) {
  const rows = sentences.map(({ text, picture }) =>
    element("li", {}, picture ? element("img", { src: picture.src, alt: picture.alt, width: "64", height: "64" }) : element("span", { class: "no-picture" }), element("span", {}, text)),
  );
  return element("ul", { class: "easy" }, ...rows);
}

export function contactLink(contact) {
  const name = element("span", {}, contact.name);
  if (contact.phone) {
    return element("a", { class: "contact", href: `tel:${contact.phone.replaceAll(" ", "")}` }, name, " ", element("strong", {}, contact.phone));
  }
  const safe = /^(https:|mailto:)/.test(contact.url ?? "") ? { href: contact.url, rel: "noreferrer" } : {};
  return element("a", { class: "contact", ...safe }, name);
}
