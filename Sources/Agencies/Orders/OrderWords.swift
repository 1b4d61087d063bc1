package import Kernel
package import Web

/// How fields and procedures are called; the catalogue knows it, of which agencies know nothing.
package struct MatterNames: Sendable {
    /// The fields that can be named in an order, in the order in which they are offered.
    package let fields: @Sendable () -> [(key: String, name: Words)]
    package let procedure: @Sendable (String) -> Words?
    /// The agencies that decide a procedure on a day; nil where nobody knows.
    package let deciders: @Sendable (String, AgencyTree, LocalDate) -> [AgencyProfile]?

    package init(
        fields: @escaping @Sendable () -> [(key: String, name: Words)] = { [] },
        procedure: @escaping @Sendable (String) -> Words? = { _ in nil },
        deciders: @escaping @Sendable (String, AgencyTree, LocalDate) -> [AgencyProfile]? = { _, _, _ in nil }
    ) {
        self.fields = fields
        self.procedure = procedure
        self.deciders = deciders
    }

    /// Whether an order on `agency` can concern a procedure: it, or one below it, decides it or receives for whoever does.
    func concern(_ procedure: String, _ agency: ID<Agency>, _ tree: AgencyTree, on day: LocalDate) -> Bool {
        guard let deciders = deciders(procedure, tree, day) else { return true }
        let below = Set(tree.subtree(of: agency).map(\.id))
        return deciders.contains { decider in
            below.contains(decider.id) || tree.reception(of: decider.id, on: day).map { below.contains($0.id) } ?? false
        }
    }

    func field(_ key: String) -> Words { fields().first { $0.key == key }?.name ?? Words(key, key) }
}

extension OrdersInForce.Measure {
    package func words(_ names: MatterNames) -> Words {
        switch self {
        case .percent(let percent):
            Words("Dùng tối đa \(percent) % số chỗ ngồi", "At most \(percent) % of the seats are used")
        case .distance(let distance):
            Words(
                "Ngồi cách nhau ít nhất \(metres(distance, ",")) m",
                "People sit at least \(metres(distance, ".")) m apart"
            )
        case .healthRules(let rules): Words(rules, rules)
        case .closed(let closure): closure.words(names)
        }
    }
}

extension Measures {
    /// Everything that the order asks for, one line each.
    package func words(_ names: MatterNames) -> [Words] {
        let lines: [OrdersInForce.Measure?] =
            [percent.map { .percent($0) }, distance.map { .distance($0) }] + closures.map { .closed($0) }
            + [healthRules.map { .healthRules($0) }]
        return lines.compactMap { $0?.words(names) }
    }
}

extension Closure {
    package func words(_ names: MatterNames) -> Words {
        let way = channel.way
        switch matter {
        case .everything: return Words("Tạm dừng \(way.vi)", "Closed: \(way.en)")
        case .field(let key):
            let field = names.field(key)
            return Words("Tạm dừng \(way.vi) đối với lĩnh vực \(field.vi)", "Closed for \(field.en): \(way.en)")
        case .procedure(let code):
            let name = names.procedure(code) ?? Words("", "")
            return Words(
                "Tạm dừng \(way.vi) đối với thủ tục \(code) \(name.vi)".tidied,
                "Closed for procedure \(code) \(name.en): \(way.en)".tidied
            )
        }
    }
}

extension Channel {
    /// The way in which somebody files through it.
    package var way: Words {
        switch self {
        case .counter: Words("tiếp nhận trực tiếp tại quầy", "filing at the counter")
        case .online: Words("nộp trực tuyến", "filing online")
        case .post: Words("nhận qua bưu chính", "filing by post")
        }
    }
}

extension StandingOrder {
    /// `từ 08:00 24/07/2021 đến trước 06:00 10/08/2021`.
    package var period: Words {
        let start = start.localMinute.vietnamese
        guard let end = end?.localMinute.vietnamese else {
            return Words("từ \(start) cho đến khi có thông báo mới", "from \(start) until further notice")
        }
        return Words("từ \(start) đến trước \(end)", "from \(start) until \(end)")
    }
}

/// Centimetres as metres, with a sign between whole ones and the rest.
private func metres(_ centimetres: Int, _ sign: String) -> String {
    let (whole, rest) = centimetres.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return String(whole) }
    return "\(whole)\(sign)\(rest % 10 == 0 ? String(rest / 10) : padded(rest, 2))"
}
