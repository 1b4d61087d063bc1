import Kernel
import Web

/// Reads one revision.
struct RevisionReader {
    let object: YAMLObject
    let lists: CatalogueLists
    let from: LocalDate

    /// Decree 42/2022 replaced the four levels of Decree 43/2011 on this day.
    private static let twoLevels = LocalDate(year: 2022, month: 8, day: 15)!

    func read(number: Int, until: LocalDate?) -> Revision? {
        let online = online()
        let presence = object.required("presence")?.flag()
        let post = post()
        let summary = object.required("summary")?.words()
        let requirements = object.list("requirements").compactMap { $0.words() }
        let channels = ChannelsReader().read(object.required("channels"))
        judge(channels, online: online, presence: presence, post: post)

        var caseKeys = KeySet(of: Words("Trường hợp", "case"))
        let cases = object.list("cases").compactMap { named($0, into: &caseKeys, ProcedureCase.init) }
        let components = ComponentsReader(cases: caseKeys).read(object.list("components"))
        let results = results()
        let steps = steps()
        let legal = object.requiredList("legal").compactMap(legalBasis)
        let form = object["form"].map { FormReader(lists: lists).read($0) } ?? .short
        let clock = object["clock"].flatMap { ClockReader().read($0) }
        let supplement = object["supplement"].flatMap(supplementTerm)
        guard let online, let presence, let post, let summary, let form else { return nil }
        return Revision(
            number: number,
            from: from,
            until: until,
            decision: object["decision"]?.text(),
            online: online,
            presence: presence,
            post: post,
            summary: summary,
            requirements: requirements,
            channels: channels,
            cases: cases,
            components: components,
            results: results,
            steps: steps,
            legal: legal,
            form: form,
            clock: clock,
            supplement: supplement
        )
    }

    private func online() -> Revision.OnlineLevel? {
        let old: [Revision.OnlineLevel] = [.level1, .level2, .level3, .level4]
        let new: [Revision.OnlineLevel] = [.partial, .full]
        let known = (from < RevisionReader.twoLevels ? old : new) + [.unstated]
        guard let node = object.required("online"), let text = node.text() else { return nil }
        guard let level = known.first(where: { $0.rawValue == text }) else {
            node.fault(
                Words(
                    "Mức trực tuyến “\(text)” không có vào ngày \(from.rawValue).",
                    "There is no online level “\(text)” on \(from.rawValue)."
                ),
                Words(
                    "Trước 2022-08-15 viết 1, 2, 3 hoặc 4 (Nghị định 43/2011); từ ngày đó viết partial hoặc full (Nghị định 42/2022); không rõ thì unstated.",
                    "Before 2022-08-15 write 1, 2, 3 or 4 (Decree 43/2011); from then on partial or full (Decree 42/2022); unstated when unsure."
                )
            )
            return nil
        }
        return level
    }

    private func post() -> Revision.Post? {
        guard let post = object.required("post")?.object(["submit", "return"]) else { return nil }
        let submit = post.required("submit")?.flag()
        let back = post.required("return")?.flag()
        guard let submit, let back else { return nil }
        return Revision.Post(submit: submit, return: back)
    }

    /// What the channels, the online level, the post and the presence say about each other.
    private func judge(_ channels: [ChannelTerms], online: Revision.OnlineLevel?, presence: Bool?, post: Revision.Post?)
    {
        if presence == true, online == .full || online == .level4 {
            (object["presence"] ?? object.node).fault(
                Words(
                    "Phải đến trực tiếp mà lại trực tuyến toàn trình.",
                    "The person must come in although all is done online."
                ),
                Words(
                    "Viết presence: false, hoặc hạ mức trực tuyến (3, partial).",
                    "Write presence: false, or a lower online level (3, partial)."
                )
            )
        }
        let open = Set(channels.map(\.channel))
        guard let channelsNode = object["channels"], !open.isEmpty else { return }
        if let post, post.submit != open.contains(.post) {
            channelsNode.fault(
                post.submit
                    ? Words(
                        "post.submit là true mà không có kênh post.",
                        "post.submit is true but there is no post channel."
                    )
                    : Words(
                        "Có kênh post mà post.submit là false.",
                        "There is a post channel but post.submit is false."
                    ),
                post.submit
                    ? Words(
                        "Thêm kênh post với term và fees, hoặc viết submit: false.",
                        "Add a post channel with term and fees, or write submit: false."
                    )
                    : Words("Xóa kênh post, hoặc viết submit: true.", "Delete the post channel, or write submit: true.")
            )
        }
        switch online {
        case .level3, .level4, .partial, .full:
            if !open.contains(.online) {
                channelsNode.fault(
                    Words(
                        "Mức trực tuyến cho nộp qua mạng mà không có kênh online.",
                        "The online level allows filing online but there is no online channel."
                    ),
                    Words(
                        "Thêm kênh online với term và fees, hoặc hạ mức trực tuyến.",
                        "Add an online channel with term and fees, or lower the online level."
                    )
                )
            }
        case .level1, .level2:
            if open.contains(.online) {
                channelsNode.fault(
                    Words(
                        "Có kênh online mà mức trực tuyến chỉ là 1 hoặc 2.",
                        "There is an online channel but the online level is only 1 or 2."
                    ),
                    Words(
                        "Xóa kênh online, hoặc nâng mức trực tuyến.",
                        "Delete the online channel, or raise the online level."
                    )
                )
            }
        case .unstated, nil: break
        }
    }

    private func results() -> [ProcedureResult] {
        var keys = KeySet(of: Words("Kết quả", "result"))
        return object.requiredList("results").compactMap { node in
            guard let result = node.object(["key", "vi", "en", "electronic"]) else { return nil }
            let key = key(of: result, into: &keys)
            let name = result.words()
            let electronic = result["electronic"].map { $0.flag() } ?? false
            guard let key, let name, let electronic else { return nil }
            return ProcedureResult(key: key, name: name, electronic: electronic)
        }
    }

    private func steps() -> [ProcessingStep] {
        var keys = KeySet(of: Words("Bước", "step"))
        return object.requiredList("steps").compactMap { node in
            guard let step = node.object(["key", "vi", "en", "role", "hours"]) else { return nil }
            let key = key(of: step, into: &keys)
            let name = step.words()
            let role = step.required("role")?.word(ProcessingStep.Role.self)
            let hours = step.required("hours")?.integer(0...10_000)
            guard let key, let name, let role, let hours else { return nil }
            return ProcessingStep(key: key, name: name, role: role, hours: hours)
        }
    }

    private func legalBasis(_ node: YAMLNode) -> LegalBasis? {
        guard let basis = node.object(["number", "vi", "en", "date"]), let number = basis.required("number")?.text()
        else {
            return nil
        }
        return LegalBasis(number: number, name: basis.words(), date: basis["date"]?.date())
    }

    private func supplementTerm(_ node: YAMLNode) -> SupplementTerm? {
        guard let term = node.object(["within", "basis"]), let within = term.required("within") else { return nil }
        let basis = term.required("basis")?.text()
        guard let limit = within.text().flatMap(within.timeLimit) else { return nil }
        guard limit.unit != .sameDay else {
            within.fault(
                Words("Thời hạn bổ sung không thể là “trong ngày”.", "A supplement cannot be due the same day."),
                Words(
                    "Viết số và đơn vị, ví dụ: within: 7 working-days.",
                    "Write a number and a unit, such as within: 7 working-days."
                )
            )
            return nil
        }
        return basis.map { SupplementTerm(within: limit, basis: $0) }
    }

    private func named<T>(_ node: YAMLNode, into keys: inout KeySet, _ make: (String, Words) -> T) -> T? {
        guard let object = node.object(["key", "vi", "en"]) else { return nil }
        let key = key(of: object, into: &keys)
        let name = object.words()
        guard let key, let name else { return nil }
        return make(key, name)
    }

    private func key(of object: YAMLObject, into keys: inout KeySet) -> String? {
        guard let node = object.required("key"), let key = node.key(.dashed) else { return nil }
        keys.insert(key, node)
        return key
    }
}
