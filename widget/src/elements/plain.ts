/** The page without JavaScript, with the same conversation: only from our own page, so that no other site can take a token there. */
const DOOR = "/chat/formulaire/reprendre";

export function goOnPlainly(token: string | null): void {
  if (!token) return;
  const form = document.createElement("form");
  const field = document.createElement("input");
  Object.assign(form, { method: "post", action: DOOR, hidden: true });
  Object.assign(field, { name: "token", value: token });
  form.append(field);
  document.body.append(form);
  form.submit();
}
