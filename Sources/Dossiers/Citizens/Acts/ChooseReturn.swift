import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// How the result is to reach them, as long as it has not left the house.
struct ChooseReturn: CitizenAct {
    struct Said: ActSaid {
        let returnBy: Given<ReturnMethod>

        init(_ form: FormData) {
            returnBy = form.given("returnBy", ReturnMethod.init(rawValue:)) ?? Given(nil)
        }
    }

    let name = Words("Đổi cách nhận", "Change")
    let title = Words("Đổi cách nhận kết quả", "Change the return")
    let key = "return-method"
    let address = "cach-nhan"
    let method = HTTPRequest.Method.put
    let place = CitizenActPlace.open

    func require(_ dossier: Dossier, by citizen: ID<Citizen>) throws(Dossier.Refusal) {
        try dossier.mayChooseReturn(by: citizen)
    }

    func fields(_ asked: CitizenForm) async throws -> HTML {
        let (details, say) = (asked.details, asked.say)
        let office = try await asked.scene.desk.agency(details.filing.agency)?.address
        // Only what can be chosen: the post needs an address that is on record.
        let choices = asked.rules.returnMethods.filter { $0 != .post || details.deliveryAddress != nil }.map { method in
            let address = asked.rules.deliveryAddress(in: details.readAnswers)
            return Web.Choice(method.rawValue, say(ReturnPlace(method, address: address, office: office).words))
        }
        let hint = say(
            "Địa chỉ gửi bưu điện sai hay đã đổi: báo cơ quan giải quyết để cán bộ tiếp nhận sửa.",
            "If the address for the post is wrong or has changed, tell the agency: reception corrects it."
        )
        return """
            \(asked.form.radios(
                "returnBy",
                say("Cách nhận kết quả", "How to receive the result"),
                choices,
                value: details.row.returnBy.rawValue
            ))\(choices.contains { $0.value == ReturnMethod.post.rawValue } ? "<p class=\"hint\">\(hint)</p>" as HTML : nil)
            """
    }

    func terms(_ said: Said, _ scene: CitizenScene, _ wrong: inout [FieldError]) throws -> ReturnMethod? {
        wrong += try scene.desk.check(returnBy: said.returnBy.value, of: scene.details)
        return said.returnBy.value
    }

    func command(by citizen: ID<Citizen>, _ method: ReturnMethod) -> Dossier.Command {
        .chooseReturn(by: citizen, method: method)
    }
}
