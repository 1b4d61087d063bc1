import Catalogue
import Kernel
import Web

extension KnownApplicant {
    /// What their account says of a citizen, for filling in forms.
    init(_ citizen: KnownCitizen?) {
        self.init(name: citizen?.name.rawValue, phone: citizen?.phone?.rawValue, email: citizen?.email?.rawValue)
    }
}
