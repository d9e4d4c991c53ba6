// Starts telegram-test-api on a port. What it leaves out of the Bot API's objects, and every client
// needs, is put back here: `is_bot` of a user, dates in seconds and no
// argument of the call in its answer, `chat_instance` of a button pressed,
// and a webhook's secret.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { TelegramServer } = require("telegram-test-api/lib/telegramServer");
const axios = require("axios");

const format = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = (update) => {
  const formatted = format(update);
  const pressed = formatted.callback_query;
  return pressed ? { ...formatted, callback_query: { ...pressed, chat_instance: "1" } } : formatted;
};

class Server extends TelegramServer {
  addBotMessage(message, token) {
    const { message_id, date, chat, text } = super.addBotMessage(message, token);
    return { message_id, date: Math.floor(date / 1000), chat, text };
  }

  setWebhook(webhook, token) {
    super.setWebhook(webhook, token);
    axios.defaults.headers.common["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token ?? "";
  }
}

const port = Number(process.argv[2]);
const server = new Server({ port, host: "127.0.0.1", storeTimeout: 3600 });
const me = { id: 666, is_bot: true, first_name: "Test", username: "TestNameBot" };
const stack = server.webServer._router.stack;
server.webServer.all("/bot:token/getMe", (_request, response) => response.json({ ok: true, result: me }));
stack.splice(stack.findIndex((layer) => layer.route), 0, stack.pop());
await server.start();
console.log("ready");
