package import Kernel

/// A unit of the country: province, district, commune. What an address names, and what an agency governs.
package struct AdminUnit: Hashable, Sendable {
    package enum Level: String, Codable, CaseIterable, Sendable { case province, district, commune }

    /// 2, 3 or 5 digits of the General Statistics Office, by level; reused for other units over the years.
    package var code: String
    package var level: Level
    /// The unit above: of a commune its district, or its province where there are no districts.
    package var parent: String?
    /// Such as `Phường`.
    package var type: String
    /// Such as `Đội Cấn`.
    package var name: String
    /// Such as `Phường Đội Cấn`.
    package var fullName: String
    package var englishName: String

    package init(
        code: String,
        level: Level,
        parent: String?,
        type: String,
        name: String,
        fullName: String,
        englishName: String
    ) {
        self.code = code
        self.level = level
        self.parent = parent
        self.type = type
        self.name = name
        self.fullName = fullName
        self.englishName = englishName
    }
}

/// One list of all units and the time for which it stands.
///
/// Units change several times a year, and we have lists of single days only; each stands for the years around it.
package struct UnitEdition: Hashable, Sendable {
    package let name: String
    package let validFrom: LocalDate?
    package let validUntil: LocalDate?
    package let hasDistricts: Bool

    /// 63 provinces, 705 districts and 10,599 communes of November 2021.
    package static let of2021 = UnitEdition(
        name: "2021",
        validFrom: nil,
        validUntil: LocalDate(year: 2025, month: 6, day: 30),
        hasDistricts: true
    )

    /// 34 provinces and 3,321 communes of July 2026; there are no districts since 1 July 2025.
    package static let of2026 = UnitEdition(
        name: "2026-07",
        validFrom: LocalDate(year: 2025, month: 7, day: 1),
        validUntil: nil,
        hasDistricts: false
    )

    package static let all = [of2021, of2026]
}
