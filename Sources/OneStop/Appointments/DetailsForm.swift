import Agencies
import Catalogue
import Kernel
import Web

/// Who comes, as they have typed it.
struct DetailsForm {
    let form: FormData
    let known: KnownVisitor?
    let language: Language

    func wish(_ query: BookingQuery) throws -> AppointmentBook.Wish {
        guard let office = query.office, let field = query.field, let day = query.day,
            query.waits || query.minute != nil
        else { throw AppointmentDay.Refusal.noSuchSlot }
        var errors: [FieldError] = []
        let name = known?.name ?? form.filled("name").flatMap(PersonName.init(rawValue:))
        if name == nil {
            errors.append(
                FieldError("name", "Hãy ghi họ và tên đầy đủ, ví dụ Nguyễn Thị Lan.", "Please give the full name.")
            )
        }
        let phone = known?.phone ?? form.filled("phone").flatMap(PhoneNumber.init(rawValue:))
        if phone == nil {
            let wrong = form.filled("phone").flatMap(PhoneNumber.fault(in:))
            errors.append(
                FieldError(
                    "phone",
                    wrong.map { "Số điện thoại \($0.vi)" } ?? "Hãy ghi số điện thoại, ví dụ 0912 345 678.",
                    wrong.map { "The telephone number \($0.en)" } ?? "Please give a telephone number."
                )
            )
        }
        guard let name, let phone, errors.isEmpty else { throw Problem.invalid(errors) }
        return AppointmentBook.Wish(
            office: office.id,
            day: day,
            minute: query.waits ? nil : query.minute,
            field: field.key,
            procedure: query.procedure?.code.rawValue,
            name: name,
            phone: phone,
            reason: form.filled("reason").flatMap(PriorityReason.init(rawValue:)),
            language: language
        )
    }
}
