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
            ]
        )
    }
}
