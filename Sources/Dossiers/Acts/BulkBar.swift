import DossierCore
import Kernel
import Markup
import Web

/// The acts that a list offers on the dossiers ticked in it.
struct BulkBar {
    let inbox: Inbox
    let officer: ActingOfficer
    let colleagues: [Colleague]

    /// What can be done with several dossiers of the list; empty where each needs to be opened.
    var acts: [any BulkAct] {
        let roles = officer.allRoles
        return Acts.several.filter { $0.isOffered(in: inbox, to: roles) }
    }

    func show(_ form: Form, _ say: Language) -> HTML? {
        let acts = acts
        guard !acts.isEmpty else { return nil }
        return """
            <div class="bulk">\(acts.compactMap { $0.bulkFields(form, colleagues, say) })\(acts.enumerated().map { index, act in
                button(say(act.bulkName(in: inbox)), index == 0 ? .main : .plain, name: "act", value: act.key, key: act.shortcut)
            })</div>
            """
    }
}
