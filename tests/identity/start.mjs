// Starts npm's oidc-provider on a port, with one client (this service's desk) and the people of
// the tests. Its own sign-in page asks who one is, and nothing else; nobody is asked to consent.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { port, back, clientId, clientSecret, people } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [back] }],
  claims: { email: ["email", "email_verified"], openid: ["sub", "acr", "amr"] },
  acrValues: ["deux-facteurs"],
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  cookies: { keys: ["a key of the tests"] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => people[sub] && {
    accountId: sub,
    claims: () => ({ sub, email: people[sub].email, email_verified: people[sub].verified }),
  },
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();

const signInPage = (path) => `<!doctype html><html lang="fr"><title>Fournisseur</title>
<form method="post" action="${path}"><label>Qui êtes-vous? <input name="who"></label>
<button name="act" value="enter">Entrer</button><button name="act" value="cancel">Annuler</button></form>`;

async function interaction(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    return response.end(signInPage(request.url));
  }
  let body = "";
  for await (const chunk of request) body += chunk;
  const form = new URLSearchParams(body);
  const person = people[form.get("who")];
  const result = form.get("act") === "cancel" || !person
    ? { error: "access_denied" }
    : { login: { accountId: form.get("who"), amr: person.amr ?? ["pwd"], acr: person.acr } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

createServer((request, response) => {
  const mine = request.url.startsWith("/interaction/");
  const done = mine ? interaction(request, response) : answer(request, response);
  Promise.resolve(done).catch((error) => { response.statusCode = 500; response.end(String(error)); });
}).listen(port, "127.0.0.1", () => console.log("ready"));
