package import Kernel
package import Web

/// Something in a set of agencies that cannot be.
package struct AgencyFault: Hashable, Sendable {
    package let agency: ID<Agency>
    /// What is wrong, and how to mend it.
    package let words: Words

    init(_ agency: ID<Agency>, _ vietnamese: String, _ english: String) {
        self.agency = agency
        words = Words(vietnamese, english)
    }
}

/// Nothing was stored, because some of it cannot be.
package struct AgencyFaults: Error, Sendable {
    package let faults: [AgencyFault]
}

/// Everything that is wrong with a whole set of agencies.
func faults(in profiles: [ID<Agency>: AgencyProfile]) -> [AgencyFault] {
    profiles.values.sorted { $0.id.rawValue < $1.id.rawValue }.flatMap { profile in
        faultsOfTree(profile, profiles) + faultsOfDates(profile, profiles)
    } + faultsOfCodes(profiles)
}

private func faultsOfTree(_ profile: AgencyProfile, _ profiles: [ID<Agency>: AgencyProfile]) -> [AgencyFault] {
    var faults: [AgencyFault] = []
    // Ids stand in paths and addresses.
    let isSlug = profile.id.rawValue.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    if !isSlug || !(1...40).contains(profile.id.rawValue.utf8.count) {
        faults.append(
            AgencyFault(
                profile.id,
                "Mã nội bộ chỉ gồm chữ thường không dấu, chữ số và gạch nối, tối đa 40 ký tự.",
                "An id has lower-case letters, digits and hyphens only, 40 at most."
            )
        )
    }
    if let parent = profile.parent, profiles[parent] == nil {
        faults.append(
            AgencyFault(
                profile.id,
                "Cơ quan cấp trên \(parent.rawValue) không có; khai cơ quan ấy trước.",
                "There is no parent \(parent.rawValue); declare it as well."
            )
        )
    }
    var seen: Set<ID<Agency>> = [profile.id]
    var next = profile.parent
    while let id = next {
        guard seen.insert(id).inserted else {
            faults.append(
                AgencyFault(
                    profile.id,
                    "Các cơ quan cấp trên lặp vòng; sửa cơ quan cấp trên của một trong số đó.",
                    "The agencies above it go in a circle; change the parent of one of them."
                )
            )
            break
        }
        next = profiles[id]?.parent
    }
    return faults
}

private func faultsOfDates(_ profile: AgencyProfile, _ profiles: [ID<Agency>: AgencyProfile]) -> [AgencyFault] {
    var faults: [AgencyFault] = []
    if let from = profile.validFrom, let until = profile.validUntil, until < from {
        faults.append(
            AgencyFault(
                profile.id,
                "Ngày kết thúc \(until.vietnamese) trước ngày bắt đầu \(from.vietnamese).",
                "It ends on \(until.rawValue), before it begins on \(from.rawValue)."
            )
        )
    }
    for successor in profile.successors where profiles[successor.agency] == nil {
        faults.append(
            AgencyFault(
                profile.id,
                "Cơ quan kế tiếp \(successor.agency.rawValue) không có; khai cơ quan ấy.",
                "There is no successor \(successor.agency.rawValue); declare it as well."
            )
        )
    }
    return faults
}

private func faultsOfCodes(_ profiles: [ID<Agency>: AgencyProfile]) -> [AgencyFault] {
    let holders = profiles.values.flatMap { profile in profile.codes.map { (agency: profile.id, code: $0) } }
    let byCode = Dictionary(grouping: holders) { $0.code.code }
    return byCode.values.flatMap { holders in
        holders.indices.flatMap { first in
            holders.indices.filter { $0 > first && holders[$0].code.overlaps(holders[first].code) }.map { second in
                AgencyFault(
                    max(holders[first].agency.rawValue, holders[second].agency.rawValue).id,
                    """
                    Mã \(holders[first].code.code) được khai hai lần trong cùng thời gian; giới hạn thời gian của một mã.
                    """,
                    "Code \(holders[first].code.code) is given twice at the same time; limit the time of one of them."
                )
            }
        }
    }
}

extension String {
    fileprivate var id: ID<Agency> { ID(rawValue: self) }
}
