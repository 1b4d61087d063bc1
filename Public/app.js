// Comfort for browsers that run scripts. Every page works without this file.
"use strict";

// In a block: a page that replaces this one in the same window runs the file again.
{
  const say = (vi, en) => (document.documentElement.lang === "en" ? en : vi);
  const clock = () => new Date().toTimeString().slice(0, 5);

  // What is wrong is read out first.
  document.querySelector(".summary")?.focus();

  // Autosave ---------------------------------------------------------------------------------------
  // <form data-autosave="/address"> sends what is typed a moment after typing stops. Until the server has confirmed it,
  // a copy stays in this browser and is offered again when the page is opened anew.

  const textOf = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(pairs);
  };

  const copyOf = (form) => {
    const pairs = textOf(form);
    pairs.delete("csrf");
    return pairs.toString();
  };

  const fillIn = (form, text) => {
    const typed = new URLSearchParams(text);
    for (const input of form.elements) {
      if (!input.name || ["hidden", "file", "submit", "button"].includes(input.type)) continue;
      const values = typed.getAll(input.name);
      if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    }
  };

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const address = form.dataset.autosave;
    const key = `typed ${address}`;
    const status = form.querySelector(".saved");
    const tell = (text) => status && (status.textContent = text);
    let timer = 0;
    let running = false;
    let again = false;

    const save = async () => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      const sent = copyOf(form);
      try {
        const answer = await fetch(address, {
          method: "POST",
          body: textOf(form),
          headers: { Accept: "application/json" },
          redirect: "manual",
        });
        if (answer.ok) {
          if (localStorage.getItem(key) === sent) localStorage.removeItem(key);
          tell(say(`Đã lưu lúc ${clock()}`, `Saved at ${clock()}`));
        } else if (answer.status === 401 || answer.type === "opaqueredirect") {
          tell(say("Phiên làm việc đã hết. Nội dung vẫn giữ trên máy này; hãy bấm nút gửi để đăng nhập lại.",
            "Your session has ended. Your text is kept on this device; press the button to sign in again."));
        } else {
          tell(say("Chưa lưu được. Nội dung vẫn giữ trên máy này.", "Not saved yet. Your text is kept on this device."));
        }
      } catch {
        tell(say("Mất kết nối. Nội dung vẫn giữ trên máy này và sẽ được lưu khi có mạng.",
          "No connection. Your text is kept on this device and will be saved when you are online."));
        again = true;
      }
      running = false;
      if (again) {
        again = false;
        timer = setTimeout(save, 5000);
      }
    };

    form.addEventListener("input", (event) => {
      if (event.target.type === "password" || event.target.type === "file") return;
      try {
        localStorage.setItem(key, copyOf(form));
      } catch {
        // A full or forbidden store only means that there is no second copy.
      }
      tell(say("Đang chờ lưu…", "Waiting to save…"));
      clearTimeout(timer);
      timer = setTimeout(save, 1200);
    });
    // The copy stays until a page shows that the server has the text: the network may fail right now.
    form.addEventListener("submit", () => clearTimeout(timer));

    const kept = localStorage.getItem(key);
    if (kept && kept === copyOf(form)) localStorage.removeItem(key);
    if (kept && kept !== copyOf(form)) {
      const offer = document.createElement("div");
      offer.className = "notice waiting offer";
      offer.setAttribute("role", "status");
      const text = document.createElement("span");
      text.textContent = say("Trên máy này còn nội dung bạn đã nhập mà chưa kịp lưu.",
        "This device still has text that you typed and that was not saved.");
      const choice = (label, action) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button plain";
        button.textContent = label;
        button.addEventListener("click", () => {
          action();
          offer.remove();
        });
        return button;
      };
      offer.append(
        text,
        choice(say("Khôi phục", "Restore"), () => {
          fillIn(form, kept);
          save();
        }),
        choice(say("Bỏ qua", "Discard"), () => localStorage.removeItem(key)),
      );
      form.prepend(offer);
    }
  }

  // Copies on a shared computer must not outlive the session of whoever typed them.
  for (const form of document.querySelectorAll("form[action$='/sign-out']")) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith("typed ")) localStorage.removeItem(key);
    });
  }

  // Sending ----------------------------------------------------------------------------------------

  const waitFor = (form) => {
    // A disabled button is not sent, so it is disabled after the form has been put together.
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
  };

  /// Shows how much of a form with files has been sent, then goes where the answer leads.
  const sendWithProgress = (form, submitter) => {
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", say("Tiến độ gửi tệp", "Upload progress"));
    const line = document.createElement("p");
    line.className = "quiet";
    line.setAttribute("role", "status");
    form.append(bar, line);

    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      line.textContent = say(`Đã gửi ${bar.value} %`, `${bar.value} % sent`);
    });
    request.addEventListener("load", () => {
      if (request.responseURL && request.responseURL !== form.action && request.status < 400) {
        location.assign(request.responseURL);
        return;
      }
      history.replaceState(null, "", request.responseURL || form.action);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", () => {
      bar.remove();
      line.className = "error";
      line.textContent = say("Mất kết nối khi đang gửi. Hãy bấm gửi lại.", "The connection was lost. Please send again.");
      form.querySelectorAll("button").forEach((button) => (button.disabled = false));
    });
    request.send(new FormData(form, submitter));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const hasFiles = [...form.elements].some((input) => input.type === "file" && input.files.length > 0);
    if (form.matches("[data-progress]") && hasFiles) {
      event.preventDefault();
      sendWithProgress(form, event.submitter);
    }
    // What opens in another window leaves this page as it is.
    if (event.submitter?.formTarget !== "_blank") waitFor(form);
  });

  // Going back in the history shows the page as it was left, with its buttons still waiting.
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form button:disabled")) button.disabled = false;
  });

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
  });

  // Keyboard ---------------------------------------------------------------------------------------
  // An element with data-key="n" is pressed, or entered, by its key when nobody is typing.

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const place = event.target;
    if (event.key === "Escape" && place.matches("input, textarea, select")) {
      place.blur();
      return;
    }
    if (place.isContentEditable || place.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    const wanted = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input, textarea, select")) wanted.focus();
    else wanted.click();
  });

  // A QR code on paper ---------------------------------------------------------------------------------
  // Its link carries code and secret in the fragment, which no server and no log ever sees.

  const slip = new URLSearchParams(location.hash.slice(1));
  for (const [key, name] of [["ma", "code"], ["khoa", "secret"]]) {
    const input = document.querySelector(`form[action="/tra-cuu"] input[name="${name}"]`);
    if (input && slip.get(key)) input.value = slip.get(key);
  }
  if (slip.get("khoa")) history.replaceState(null, "", location.pathname);
  // The code at an office's door, and the word that makes a browser a device of its hall.
  for (const [key, selector] of [["ma", '[name="code"]'], ["cua", '[name="door"]'], ["ma", '[name="word"]']]) {
    const input = document.querySelector(`form[action^="/quay/"] ${selector}`);
    if (input && slip.get(key)) {
      input.value = slip.get(key);
      history.replaceState(null, "", location.pathname);
    }
  }

  // Queues ---------------------------------------------------------------------------------------------
  // <div data-live="/address"> hears from the server that it is out of date, fetches its page again and takes the
  // same part of it. Nothing is sent but a number; what a page shows is decided when it is fetched.

  const livePart = (text) => new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");

  const renew = (text, isAnswer) => {
    const place = document.querySelector("[data-live]");
    const fresh = livePart(text);
    if (!place || !fresh) return false;
    // Whoever is choosing or typing is not interrupted; the next change comes.
    if (!isAnswer && place.querySelector("select:focus, input:focus, details[open]")) {
      place.dataset.version = "";
      return true;
    }
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    place.replaceChildren(...fresh.childNodes);
    place.dataset.version = fresh.dataset.version;
    if (focused) place.querySelector(`button[value="${CSS.escape(focused)}"]`)?.focus();
    speak();
    return true;
  };

  let isFetching = false;
  let isOutdated = false;
  const fetchAgain = async () => {
    if (isFetching) {
      isOutdated = true;
      return;
    }
    isFetching = true;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
      if (answer.ok) renew(await answer.text());
    } catch {
      // The stream tells of the next change, and the page is fetched then.
    }
    isFetching = false;
    if (isOutdated) {
      isOutdated = false;
      fetchAgain();
    }
  };

  const living = document.querySelector("[data-live]");
  // A page about all offices has no stream and looks now and then.
  if (living && !living.dataset.live) setInterval(fetchAgain, 15000);
  if (living?.dataset.live) {
    const source = new EventSource(living.dataset.live);
    source.addEventListener("change", (event) => {
      if (document.querySelector("[data-live]").dataset.version !== event.data) fetchAgain();
    });
    // Times move on although nothing happens.
    setInterval(fetchAgain, 60000);
    addEventListener("pagehide", () => source.close());
  }

  // The display speaks every call once. Browsers allow it only after somebody has pressed a button.
  const spoken = new Set();
  let hasVoice = false;
  const speak = () => {
    if (!document.querySelector("[data-speaks]")) return;
    for (const call of document.querySelectorAll("[data-say]")) {
      if (spoken.has(call.dataset.call)) continue;
      spoken.add(call.dataset.call);
      if (!hasVoice || !call.classList.contains("calling")) continue;
      const words = new SpeechSynthesisUtterance(call.dataset.say);
      words.lang = "vi-VN";
      speechSynthesis.speak(words);
    }
  };
  const voice = document.querySelector("[data-speech]");
  if (voice && "speechSynthesis" in window) {
    voice.hidden = false;
    voice.addEventListener("click", () => {
      hasVoice = true;
      voice.hidden = true;
      const words = new SpeechSynthesisUtterance(say("Đã bật giọng đọc", "The voice is on"));
      words.lang = document.documentElement.lang;
      speechSynthesis.speak(words);
    });
  }
  speak();

  // A ticket from the machine is printed once.
  if (document.querySelector("[data-print]")) addEventListener("load", () => print(), { once: true });

  // A counter without a network: what is pressed is kept in order, each with a key of its own, so that sending it twice
  // does it once; and the officer is told plainly.
  const counter = document.querySelector("[data-offline]");
  if (counter) {
    const store = "pressed " + location.pathname;
    const line = counter.querySelector(".offline");
    const kept = () => JSON.parse(localStorage.getItem(store) || "[]");
    const keep = (list) => localStorage.setItem(store, JSON.stringify(list));
    const freshKey = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const tell = (words) => {
      line.hidden = !words;
      line.textContent = words;
    };
    let isSending = false;

    const sendAll = async () => {
      if (isSending) return;
      isSending = true;
      while (kept().length) {
        const first = kept()[0];
        try {
          const answer = await fetch(first.path, {
            method: "POST",
            body: new URLSearchParams(first.body),
            headers: { Accept: "text/html" },
          });
          if (new URL(answer.url).pathname.startsWith("/work/sign-in")) {
            tell(say("Phiên làm việc đã hết. Thao tác vẫn giữ trên máy này; hãy đăng nhập lại.",
              "Your session has ended. What you pressed is kept here; please sign in again."));
            break;
          }
          if (answer.status >= 500) throw new Error("unavailable");
          // What was pressed meanwhile stays.
          keep(kept().slice(1));
          renew(await answer.text(), true);
          if (!kept().length) tell("");
        } catch {
          const count = kept().length;
          tell(say(`Mất mạng: ${count} thao tác đang giữ trên máy này, sẽ tự gửi khi có mạng. Có thể gọi miệng và làm tiếp.`,
            `Offline: ${count} actions are kept on this device and will be sent when the network is back. Go on by voice.`));
          break;
        }
      }
      isSending = false;
    };

    document.addEventListener("submit", (event) => {
      if (!counter.contains(event.target) || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      const pairs = [...new FormData(event.target, event.submitter)].filter(([, value]) => typeof value === "string");
      const body = new URLSearchParams(pairs);
      body.set("key", freshKey());
      body.set("pressed", String(Date.now()));
      keep([...kept(), { path: event.target.getAttribute("action"), body: body.toString() }]);
      document.activeElement?.closest("details")?.removeAttribute("open");
      sendAll();
    }, true);
    addEventListener("online", sendAll);
    addEventListener("offline", () => tell(say("Mất mạng. Vẫn bấm được, thao tác sẽ gửi sau.", "Offline. You may go on; what you press is sent later.")));
    setInterval(sendAll, 4000);
    sendAll();
  }
}
