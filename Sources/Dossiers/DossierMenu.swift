package import Web

extension Dossiers {
    package var menu: Menu {
        Menu(
            publicLinks: [
                (20, Site.Link(Words("Hồ sơ của tôi", "My dossiers"), "/ho-so")),
                (40, Site.Link(Words("Tra cứu", "Follow a dossier"), "/tra-cuu")),
            ],
            officeLinks: [
                (10, Site.Link(Words("Hồ sơ", "Dossiers"), "/work", key: "d")),
                (
                    20,
                    Site.Link(Words("Nhận tại quầy", "Counter intake"), "/work/intake", roles: [.reception], key: "q")
                ),
                (
                    50,
                    Site.Link(
                        Words("Quét hồ sơ", "Scanning"),
                        "/work/scan",
                        roles: [.reception, .caseOfficer],
                        key: "k"
                    )
                ),
                (
                    60,
                    Site.Link(
                        Words("Sổ theo dõi", "Register"),
                        "/work/register",
                        roles: [.reception, .returns, .leader, .clerk, .auditor],
                        key: "s"
                    )
                ),
                (
                    100,
                    Site.Link(Words("Thời hạn", "Time limits"), "/work/board", roles: [.leader, .auditor], key: "w")
                ),
                (
                    110,
                    Site.Link(
                        Words("Vắng mặt", "Absences"),
                        "/work/absences",
                        roles: [.reception, .caseOfficer, .leader, .clerk, .returns, .admin]
                    )
                ),
                (120, Site.Link(Words("Phân công", "Assignment"), "/work/assignment", roles: [.leader, .admin])),
                (130, Site.Link(Words("Số văn bản", "Numbers"), "/work/numbering", roles: [.clerk])),
            ]
        )
    }
}
