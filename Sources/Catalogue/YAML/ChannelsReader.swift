import Kernel
import Web

/// Reads the open channels with their time limits and fees.
struct ChannelsReader {
    func read(_ node: YAMLNode?) -> [ChannelTerms] {
        guard let node, let object = node.object(["counter", "online", "post"]) else { return [] }
        let channels = [Channel.counter, .online, .post].compactMap { channel in
            object[channel.rawValue].flatMap { terms($0, channel) }
        }
        if object.members.isEmpty {
            node.fault(
                Words("Không có kênh nào mở.", "No channel is open."),
                Words("Thêm counter, online hoặc post.", "Add counter, online or post.")
            )
        }
        return channels
    }

    private func terms(_ node: YAMLNode, _ channel: Channel) -> ChannelTerms? {
        guard let object = node.object(["term", "term-note", "fees"]) else { return nil }
        let note = object["term-note"]?.words()
        let term = object.required("term").flatMap(term)
        let fee = object.required("fees").flatMap(fee)
        guard let term, let fee else { return nil }
        return ChannelTerms(channel: channel, term: term.limit, termNote: note, fee: fee)
    }

    private struct Term { let limit: TimeLimit? }

    private func term(_ node: YAMLNode) -> Term? {
        guard let text = node.text() else { return nil }
        return text == "unstated" ? Term(limit: nil) : node.timeLimit(text).map { Term(limit: $0) }
    }

    private func fee(_ node: YAMLNode) -> Fee? {
        if node.isScalar {
            switch node.text() {
            case "free": return .free
            case "unknown": return .unknown
            case nil: return nil
            case let text?:
                node.fault(
                    Words("“\(text)” không phải là phí.", "“\(text)” is not a fee."),
                    Words("Viết free, unknown hoặc danh sách các khoản.", "Write free, unknown, or a list of amounts.")
                )
                return nil
            }
        }
        guard let nodes = node.list() else { return nil }
        if nodes.isEmpty {
            node.fault(
                Words("Danh sách phí trống.", "The list of fees is empty."),
                Words(
                    "Viết free nếu có căn cứ, nếu không thì unknown.",
                    "Write free if a source says so, otherwise unknown."
                )
            )
        }
        let items = nodes.compactMap(item)
        return items.count == nodes.count ? .due(items) : nil
    }

    private func item(_ node: YAMLNode) -> FeeItem? {
        guard let object = node.object(["vi", "en", "amount", "per", "basis"]) else { return nil }
        let name = object.words()
        let amount = object.required("amount")?.integer(1...1_000_000_000_000)
        let per = object.required("per")?.word(FeeUnit.self)
        guard let basisNode = object["basis"] else {
            node.fault(
                Words("Khoản phí không có căn cứ.", "The fee has no legal basis."),
                Words(
                    "Thêm “basis:” với số hiệu thông tư hoặc nghị quyết; không biết chắc thì viết fees: unknown.",
                    "Add “basis:” with the number of the circular or resolution; when unsure write fees: unknown."
                )
            )
            return nil
        }
        guard let name, let amount, let per, let basis = basisNode.text() else { return nil }
        return FeeItem(name: name, amount: Money(dong: amount), per: per, basis: basis)
    }
}

extension YAMLNode {
    /// The term that `text`, the text of this node, means.
    func timeLimit(_ text: String) -> TimeLimit? {
        if let limit = TimeLimit(catalogue: text) { return limit }
        fault(
            Words("“\(text)” không phải là thời hạn.", "“\(text)” is not a time limit."),
            Words(
                "Viết số và đơn vị, ví dụ 3 working-days; đơn vị: working-days, days, working-hours, months; hoặc same-day, unstated.",
                "Write a number and a unit, such as 3 working-days; units: working-days, days, working-hours, months; or same-day, unstated."
            )
        )
        return nil
    }
}
