package import Web

extension HallCapacity {
    /// How many seats may be used and why no more, in a sentence.
    package var words: Words {
        guard count < seats else { return Words("Được dùng cả \(seats) ghế.", "All \(seats) seats may be used.") }
        let head = Words("Được dùng \(count) trong \(seats) ghế", "\(count) of \(seats) seats may be used")
        return Words("\(head.vi), \(reason.vi).\(doubt?.vi ?? "")", "\(head.en), \(reason.en).\(doubt?.en ?? "")")
    }

    private var reason: Words {
        let share = percent.map { Words("tối đa \($0) % số ghế", "at most \($0) % of the seats") }
        let space = distance.map { distance in
            let metres = Self.metres(distance)
            return besideCounters == 0
                ? Words("cách nhau ít nhất \(metres.vi)", "at least \(metres.en) apart")
                : Words(
                    "cách nhau và cách cán bộ ở quầy ít nhất \(metres.vi)",
                    "at least \(metres.en) apart and from the officers at the counters"
                )
        }
        // Whichever rule there is, the one that binds is named first.
        let rules = (binding == .percent ? [share, space] : [space, share]).compactMap(\.self)
        return Words(rules.map(\.vi).joined(separator: " và "), rules.map(\.en).joined(separator: " and "))
    }

    /// Honest about what a search that was cut short cannot know.
    private var doubt: Words? {
        guard !isProven else { return nil }
        return Words(
            " Phòng quá lớn để xét hết mọi cách: có thể được đến \(atMost) ghế.",
            " The hall is too large to try every way: there could be up to \(atMost)."
        )
    }

    /// `1.5` is `1,5 m` in Vietnamese.
    static func metres(_ distance: Double) -> Words {
        let centimetres = Int((min(distance, 1e6) * 100).rounded())
        let (whole, part) = (centimetres / 100, centimetres % 100)
        let digits = part == 0 ? "" : part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)"
        return Words(
            digits.isEmpty ? "\(whole) m" : "\(whole),\(digits) m",
            digits.isEmpty ? "\(whole) m" : "\(whole).\(digits) m"
        )
    }
}
