import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Asks a citizen for what an act needs before it is performed.
struct CitizenActPage {
    let act: any CitizenAct
    let asked: CitizenForm
    let fields: HTML

    func show(_ context: CitizenContext) -> Response {
        let (form, say, code) = (asked.form, asked.say, asked.details.row.code.rawValue)
        return page(
            say(act.title),
            context,
            status: form.errors.isEmpty ? .ok : .unprocessableContent,
            lead: "\(say(asked.rules.procedure.name)) – \(code)",
            crumbs: draftCrumbs(say) + [Crumb(code, asked.path)]
        ) {
            """
            \(form.summary)
            \(act.introduction(asked))
            \(act.takesFiles ? withFiles : act.form(asked, fields, withRefrain: true))
            """
        }
    }

    /// Files come one by one, and are kept until all is sent.
    private var withFiles: HTML {
        asked.form.post(to: once("\(asked.path)/\(act.address)/tep"), hasFiles: true) {
            """
            \(fields)
            \(actions(
                button(asked.say(act.name), name: "_send", value: "1"),
                button(asked.say("Chỉ tải tệp lên", "Upload only"), .plain)
            ))
            """
        }
    }
}

extension CitizenAct {
    /// Its form, on a page of its own or on the dossier's.
    fileprivate func form(_ asked: CitizenForm, _ fields: HTML, withRefrain: Bool) -> HTML {
        let weight: Weight = isFinal ? .danger : withRefrain ? .main : .plain
        return asked.form.post(to: "\(asked.path)/\(address)") {
            """
            \(fields)
            \(actions(
                button(asked.say(name), weight),
                withRefrain ? linkButton(asked.say(refrain), asked.path, .plain) : nil
            ))
            """
        }
    }
}

extension CitizenForm {
    /// What else can be done with the dossier, for its page; nil when nothing can.
    func others() async throws -> HTML? {
        let acts = CitizenActs.offered(on: details.dossier, by: scene.citizen).filter { $0.place != .asked }
        guard let first = acts.first else { return nil }
        var parts: [HTML] = []
        for act in acts {
            switch act.place {
            case .asked: continue
            case .open: parts.append(act.form(self, try await act.fields(self), withRefrain: false))
            case .linked: parts.append("<p><a href=\"\(path)/\(act.address)\">\(say(act.name))</a></p>")
            }
        }
        let names = [say(first.title)] + acts.dropFirst().map { say($0.name).lowercased() }
        return disclosure(names.joined(separator: ", ")) { "\(parts)" }
    }
}
